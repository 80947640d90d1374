package io.leat.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every marked example of README and docs prints what the document says, but for times, durations, identifiers and sizes.
 *
 * <p>With {@code -Dleat.rewrite=true} the outputs in the documents are replaced by what was printed.
 */
class DocumentationTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final List<Pattern> VARIES = Stream.of(
                    "\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(?::\\d\\d)?(?:\\.\\d+)?Z",
                    "\\b[\\d,]+(?:\\.\\d+)? (?:ms|s|KB|MB|GB|B)\\b",
                    "\\b\\d+ (?:m|h|d) \\d+ (?:s|m|h)\\b",
                    "\\b[\\d,]+ rows/s\\b",
                    "\\b[0-9a-f]{8}(?:-?[0-9a-f]{4,})+\\b",
                    "\\b(?=[a-z]*\\d)[0-9a-hjkmnp-tv-z]{12}\\b",
                    "\\bprocess \\d+ on \\S+",
                    "\\btoken \\d+\\b")
            .map(Pattern::compile)
            .toList();

    @TempDir
    Path home;

    @TestFactory
    Stream<DynamicTest> printsWhatTheDocumentsSay() throws IOException {
        return documents().stream()
                .filter(document -> !examples(document).isEmpty())
                .map(document ->
                        DynamicTest.dynamicTest(REPOSITORY.relativize(document).toString(), () -> follow(document)));
    }

    private void follow(Path document) throws IOException, InterruptedException {
        var lines = new ArrayList<>(Files.readAllLines(document));
        var written = new ArrayList<>(lines);
        int shift = 0;
        boolean write = Boolean.getBoolean("leat.rewrite");
        Path place = Files.createTempDirectory(home, "reader");
        var shell = new Shell(place, REPOSITORY);
        for (Example example : Example.in(document, lines)) {
            List<String> printed = example.shown(shell.run(example.command()));
            if (write) {
                written.subList(example.from() + shift, example.to() + shift).clear();
                written.addAll(example.from() + shift, printed);
                shift += printed.size() - (example.to() - example.from());
            } else {
                assertThat(normal(printed))
                        .as("%s:%d $ %s", REPOSITORY.relativize(document), example.line(), example.command())
                        .isEqualTo(normal(example.claimed(lines)));
            }
        }
        if (write) {
            Files.write(document, written);
        }
    }

    private static List<Example> examples(Path document) {
        try {
            return Example.in(document, Files.readAllLines(document));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<Path> documents() throws IOException {
        var found = new ArrayList<Path>();
        Path readme = REPOSITORY.resolve("README.md");
        if (Files.exists(readme)) {
            found.add(readme);
        }
        if (Files.isDirectory(REPOSITORY.resolve("docs"))) {
            try (var walk = Files.walk(REPOSITORY.resolve("docs"))) {
                walk.filter(file -> file.toString().endsWith(".md")).sorted().forEach(found::add);
            }
        }
        return found;
    }

    static List<String> normal(List<String> lines) {
        return lines.stream().map(DocumentationTest::normal).toList();
    }

    private static String normal(String line) {
        String text = line;
        for (Pattern pattern : VARIES) {
            text = pattern.matcher(text).replaceAll("<varies>");
        }
        return text.replaceAll(" +", " ").strip();
    }
}
