package io.leat.cli.docs;

import io.leat.cli.docs.Reader.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every example of README and docs is so: a reader who follows a page from top to bottom sees what the page says, but for what
 * {@link Varying} names; files are valid; whatever is not run says why.
 *
 * <p>With {@code -Dleat.rewrite=true} outputs in the documents that are not so are replaced by what was printed, by the program
 * in processes of its own: how long it took is then what a reader will see, too. {@code all} replaces every output.
 */
class DocumentationTest {
    private static final Purpose PURPOSE = Purpose.of(System.getProperty("leat.rewrite", ""));

    private static final Path REAL = Documents.REPOSITORY.resolve("leat");

    @TempDir
    static Path temp;

    private static SharedProgram program;

    @BeforeAll
    static void startsTheProgram() throws IOException, InterruptedException {
        program = SharedProgram.in(Files.createDirectories(temp.resolve("program")));
        if (PURPOSE != Purpose.COMPARE) {
            // the script builds the program if that is necessary, which no page shall tell
            new Shell(Files.createTempDirectory(temp, "builder"), REAL).run("leat version");
        }
    }

    @AfterAll
    static void stopsTheProgram() throws IOException {
        program.close();
    }

    @TestFactory
    Stream<DynamicContainer> everyExampleIsSo() throws IOException {
        return Documents.written().stream().map(DocumentationTest::followed);
    }

    private static DynamicContainer followed(Path document) {
        String name = Documents.name(document);
        Path leat = PURPOSE == Purpose.COMPARE ? program.script() : REAL;
        var reader = new Reader(PURPOSE, name, Documents.lines(document), temp, leat);
        var blocks = reader.blocks().stream()
                .map(block -> DynamicTest.dynamicTest(name + ":" + block.line(), () -> reader.take(block)));
        var end = DynamicTest.dynamicTest(name + " is written anew", () -> Files.write(document, reader.rewritten()));
        return DynamicContainer.dynamicContainer(
                name, PURPOSE == Purpose.COMPARE ? blocks : Stream.concat(blocks, Stream.of(end)));
    }
}
