package io.leat.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Links within the repository lead somewhere, and every page is linked. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("(?<!`)\\[[^\\]`]+\\]\\((?<target>[^)\\s]+)\\)");

    @Test
    void everyLinkLeadsToAFileAndAHeading() throws IOException {
        var broken = new ArrayList<String>();
        for (Path document : Documents.all()) {
            for (String target : targets(document)) {
                int hash = target.indexOf('#');
                String file = hash < 0 ? target : target.substring(0, hash);
                Path path = file.isEmpty()
                        ? document
                        : document.resolveSibling(file).normalize();
                boolean there = Files.exists(path) && (hash < 0 || anchors(path).contains(target.substring(hash + 1)));
                if (!there) {
                    broken.add(Documents.name(document) + ": " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyPageIsLinkedFromAnother() throws IOException {
        var linked = new ArrayList<Path>(List.of(Documents.REPOSITORY.resolve("README.md")));
        for (Path document : Documents.all()) {
            targets(document)
                    .forEach(target -> linked.add(document.resolveSibling(target.replaceFirst("#.*", ""))
                            .normalize()));
        }
        assertThat(Documents.all())
                .filteredOn(document -> !document.endsWith("0000-template.md"))
                .isSubsetOf(linked);
    }

    private static List<String> targets(Path document) {
        return Documents.lines(document).stream()
                .flatMap(line -> LINK.matcher(line).results())
                .map(link -> link.group("target"))
                .filter(target -> !target.contains("://"))
                .toList();
    }

    /** The names under which a heading can be linked. */
    private static List<String> anchors(Path document) {
        return Documents.lines(document).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}0-9 _-]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
