package io.leat.cli.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What people read in this repository. */
public final class Documents {
    static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    /** Made from the program, and compared with it by CommandReferenceTest, ErrorPagesTest, ProjectSchemasTest. */
    private static final Set<String> GENERATED =
            Set.of("docs/reference/commands.md", "docs/reference/errors.md", "docs/reference/project.md");

    private Documents() {}

    /** The documents that people have written; with {@code -Dleat.page=tutorial} those with this in their name. */
    static List<Path> written() throws IOException {
        String wanted = System.getProperty("leat.page", "");
        return all().stream()
                .filter(document -> name(document).contains(wanted))
                .filter(document -> !GENERATED.contains(name(document)))
                .toList();
    }

    public static List<Path> all() throws IOException {
        try (var top = Files.list(REPOSITORY);
                var docs = Files.walk(REPOSITORY.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    public static String name(Path document) {
        return REPOSITORY.relativize(document).toString();
    }

    public static List<String> lines(Path document) {
        try {
            return Files.readAllLines(document);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
