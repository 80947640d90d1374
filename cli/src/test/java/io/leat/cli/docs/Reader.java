package io.leat.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.leat.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody who follows a document block by block, from the first to the last, in a new folder. */
final class Reader {
    /** What becomes of outputs that are not as the document says. */
    enum Purpose {
        /** They are wrong. */
        COMPARE,
        /** They are what the document shall say from now on. */
        REWRITE,
        /** The same, and so is every other output: with other times. */
        RENEW;

        static Purpose of(String word) {
            return switch (word) {
                case "" -> COMPARE;
                case "true" -> REWRITE;
                case "all" -> RENEW;
                default -> throw new IllegalArgumentException("expected true or all, but was " + word);
            };
        }
    }

    private final Purpose purpose;
    private final String document;
    private final List<String> lines;
    private final List<Block> blocks;
    private final Path folder;
    private final Path program;
    private final List<String> rewritten;
    private int shift;
    private boolean lost;
    private @Nullable Shell shell;

    /**
     * @param document its name
     * @param folder a place for folders
     * @param program {@code leat}
     */
    Reader(Purpose purpose, String document, List<String> lines, Path folder, Path program) {
        this.purpose = purpose;
        this.document = document;
        this.lines = List.copyOf(lines);
        this.blocks = Block.in(lines);
        this.folder = folder;
        this.program = program;
        this.rewritten = new ArrayList<>(lines);
    }

    List<Block> blocks() {
        return blocks;
    }

    /** Fails where the document is wrong; what comes after it is not tried. */
    void take(Block block) throws IOException, InterruptedException {
        if (lost) {
            abort("a block before it is wrong");
        }
        switch (block.kind()) {
            case RUN -> follow(block);
            case FILE -> shell().write(block.argument(), block.text(lines));
            case APPEND -> shell().append(block.argument(), block.text(lines));
            case PIPELINE -> validate(block, "pipelines/example.yaml", Fragment.pipeline(block.text(lines)));
            case SETTINGS -> validate(block, "leat.yaml", Fragment.settings(block.text(lines)));
            case NOT_RUN -> {}
            case UNMARKED ->
                fail("%s: this block is neither run nor says why not; docs/decisions/0002 tells how", at(block.line()));
        }
    }

    private void follow(Block block) throws IOException, InterruptedException {
        if (!block.argument().isEmpty() && !shell().succeeds(block.argument())) {
            abort("not possible here: " + block.argument());
        }
        for (Example example : Example.in(block, lines)) {
            List<String> claimed = example.claimed(lines);
            lost = true;
            List<String> shown = example.shown(claimed, shell().run(example.command()));
            boolean same = Varying.without(shown).equals(Varying.without(claimed));
            if (!same && purpose == Purpose.COMPARE) {
                assertThat(Varying.without(shown))
                        .as("%s $ %s", at(example.line()), example.command())
                        .isEqualTo(Varying.without(claimed));
            }
            lost = false;
            if (!same || purpose == Purpose.RENEW) {
                rewritten.subList(example.from() + shift, example.to() + shift).clear();
                rewritten.addAll(example.from() + shift, shown);
                shift += shown.size() - claimed.size();
            }
        }
    }

    private void validate(Block block, String file, String text) throws IOException {
        Path project = Files.createTempDirectory(folder, "project");
        Files.writeString(project.resolve("leat.yaml"), "project: example\n");
        Files.createDirectories(project.resolve(file).getParent());
        Files.writeString(project.resolve(file), text);
        var run = CommandRun.in(project, "validate");
        assertThat(run.exitCode())
                .as("%s: %s", at(block.line()), run.messages())
                .isZero();
    }

    /** The document with what was printed. */
    List<String> rewritten() {
        return List.copyOf(rewritten);
    }

    private Shell shell() throws IOException {
        Shell known = shell;
        if (known == null) {
            Path home = Files.createTempDirectory(folder, "reader");
            if (lines.stream().anyMatch(line -> line.startsWith("$ psql "))) {
                Psql.install(home);
                known = new Shell(home, program, Psql.environment());
            } else {
                known = new Shell(home, program);
            }
            shell = known;
        }
        return known;
    }

    private String at(int line) {
        return document + ":" + line;
    }
}
