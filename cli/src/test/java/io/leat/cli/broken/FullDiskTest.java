package io.leat.cli.broken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lake on a small file system of its own; skipped where none may be mounted. */
class FullDiskTest {
    @TempDir
    Path folder;

    private Path small;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        small = Files.createDirectories(folder.resolve("small"));
        mounted = succeeds("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", small.toString());
        assumeTrue(mounted, "a tmpfs can only be mounted by root, outside some containers");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            succeeds("umount", "-l", small.toString());
        }
    }

    @Test
    void aRunOnAFullDiskFailsChangesNothingAndGoesOnWhenThereIsSpace() throws IOException {
        Path project =
                Files.createDirectories(folder.resolve("project/pipelines")).getParent();
        Files.writeString(project.resolve("leat.yaml"), "project: shop\nstorage: ../small/lake\nstate: state.db\n");
        Files.writeString(project.resolve("pipelines/sales.yaml"), """
                pipeline: sales
                source: { files: sales.csv }
                columns: { id: { type: integer } }
                target: { table: bronze.sales }
                """);
        Files.writeString(project.resolve("sales.csv"), "id\n1\n2\n");
        assertThat(CommandRun.in(project, "run").exitCode()).isZero();
        Path filler = fill();
        Files.writeString(project.resolve("sales.csv"), "id\n1\n2\n3\n");

        CommandRun full = CommandRun.in(project, "run");

        assertThat(full.exitCode()).as(full.messages()).isEqualTo(1);
        assertThat(full.messages()).contains("E402").doesNotContain("\tat ", "E901");
        assertThat(rows(project)).isEqualTo("2");
        Files.delete(filler);
        CommandRun again = CommandRun.in(project, "run");
        assertThat(again.exitCode()).as(again.messages()).isZero();
        assertThat(rows(project)).isEqualTo("3");
    }

    @Test
    void aRunThatFillsTheDiskSaysSoAndLeavesNoPartBehind() throws IOException {
        Path project =
                Files.createDirectories(folder.resolve("project/pipelines")).getParent();
        Files.writeString(project.resolve("leat.yaml"), "project: shop\nstorage: ../small/lake\nstate: state.db\n");
        Files.writeString(project.resolve("pipelines/words.yaml"), """
                pipeline: words
                source: { files: words.csv }
                target: { table: bronze.words }
                """);
        var lines = new StringBuilder("word\n");
        var random = new java.util.Random(7);
        for (int i = 0; i < 400_000; i++) {
            lines.append(Long.toHexString(random.nextLong()))
                    .append(Long.toHexString(random.nextLong()))
                    .append('\n');
        }
        Files.writeString(project.resolve("words.csv"), lines);

        CommandRun full = CommandRun.in(project, "run");

        assertThat(full.exitCode()).as(full.messages()).isEqualTo(1);
        assertThat(full.messages()).contains("words@all failed (E402)").doesNotContain("\tat ", "E901");
        Files.writeString(project.resolve("words.csv"), "word\na\n");
        CommandRun less = CommandRun.in(project, "run");
        assertThat(less.exitCode())
                .as("there is space again: " + less.messages())
                .isZero();
    }

    private static String rows(Path project) {
        return CommandRun.in(project, "query", "SELECT count(*) AS n FROM bronze.sales", "-o", "csv")
                .data()
                .lines()
                .skip(1)
                .findFirst()
                .orElse("none");
    }

    /** Leaves no byte. */
    private Path fill() throws IOException {
        Path filler = small.resolve("filler");
        try (var out = Files.newOutputStream(filler)) {
            byte[] block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
        return filler;
    }

    private static boolean succeeds(String... command) throws Exception {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
