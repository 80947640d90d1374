package io.leat.lake;

import static io.leat.lake.LakeFixture.CONTRACT;
import static io.leat.lake.LakeFixture.DEV;
import static io.leat.lake.LakeFixture.PIPELINE;
import static io.leat.lake.LakeFixture.TRIPS;
import static io.leat.lake.LakeFixture.range;
import static io.leat.lake.LakeFixture.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.state.SqliteState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a small file system of its own; skipped where none may be mounted. The state store lies elsewhere. */
class DiskFullTest {
    @TempDir
    Path folder;

    private Path small;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        small = Files.createDirectories(folder.resolve("small"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", small.toString());
        assumeTrue(mounted, "a tmpfs can only be mounted by root, outside some containers");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            run("umount", "-l", small.toString());
        }
    }

    @Test
    void saysThatTheDiskIsFullAndLosesNothing() throws Exception {
        try (var state = SqliteState.open(folder.resolve("state.db"));
                var fixture = LakeFixture.with(small, state)) {
            fixture.published(0, 0, 10);
            var plan = fixture.lake.plan(DEV, TRIPS, CONTRACT);
            for (Layout layout : Layout.values()) {
                assertFull(() -> fixture.lake.stage(
                        fixture.duckDb,
                        plan,
                        "SELECT id, name || hash(id) || hash(id + 1) AS name, _leat_pipeline, _leat_window FROM ("
                                + rows(PIPELINE, 1, 0, 1_000_000) + ")",
                        layout));
            }
            var record = fixture.claimed(1);
            var files = fixture.lake.stage(fixture.duckDb, plan, rows(PIPELINE, 1, 10, 20), Layout.SINGLE);
            var load = fixture.load(record, WriteMode.REPLACE, files);
            Path filler = fill();
            assertFull(() -> fixture.lake.publish(fixture.duckDb, plan, List.of(load)));
            assertThat(fixture.ids()).isEqualTo(range(0, 10));
            Files.delete(filler);
            fixture.lake.publish(fixture.duckDb, plan, List.of(load));
            assertThat(fixture.ids()).isEqualTo(range(0, 20));
        }
    }

    private static void assertFull(ThrowingCallable work) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        PipelineException.class,
                        failure ->
                                assertThat(failure.code()).as(failure.message()).isEqualTo(ErrorCode.DISK_FULL));
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

    private static boolean run(String... command) throws Exception {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
