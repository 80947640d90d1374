package io.leat.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.leat.state.Backfill;
import io.leat.time.Window;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a year of downtime 105,120 windows of five minutes are due: none is made before somebody asks for it. */
class LazyPlanningTest {

    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long WINDOWS = 365 * 24 * 12;

    /** What a quarter of them would take at the very least: each has an object, and two instants. */
    private static final long A_QUARTER_OF_THEM = WINDOWS / 4 * 3 * 16;

    @TempDir
    Path folder;

    private PlannedPipeline.Engine engine;
    private PlannedPipeline planned;

    @BeforeEach
    void pipeline() {
        engine = PlannedPipeline.Engine.in(folder);
        TestProject.in(folder)
                .file("pipelines/p.yaml", """
                pipeline: p
                source: { files: "data/*.csv" }
                window: { column: at, every: 5m, start: %s }
                columns: { at: { type: local_timestamp } }
                target: { table: bronze.p }
                """.formatted(START.toString().substring(0, 10)));
        planned = PlannedPipeline.at(engine, NOW);
        planned.due(new DueRequest(new Scope("2025-12-31", null), DueRequest.Occasion.ASKED)); // loads classes
    }

    @AfterEach
    void close() {
        planned.close();
        engine.close();
    }

    @Test
    void aRunMakesTheWindowsThatItLoads() {
        var request = new DueRequest(Scope.EVERYTHING, DueRequest.Occasion.PLANNED);

        Due due = frugally(() -> planned.loader.due(request));
        DueSlice first = frugally(due.slices()::next);

        assertThat(due.count()).isEqualTo(WINDOWS);
        assertThat(first.request().window().orElseThrow().start()).isEqualTo(START);
    }

    @Test
    void aBackfillMakesTheWindowsThatItLoads() {
        assertThat(first(false).start()).isEqualTo(START);
        assertThat(first(true).end()).isEqualTo(NOW);
    }

    private Window first(boolean newestFirst) {
        var backfill = new Backfill(
                "",
                planned.session.environment(),
                Backfill.Kind.BACKFILL,
                Backfill.Reprocess.MISSING,
                Backfill.Stage.RUNNING,
                newestFirst,
                OptionalInt.empty(),
                "somebody",
                NOW,
                null,
                List.of());
        var windows = new BackfillWindows(planned.state, backfill, planned.pipeline.name(), planned.grid());
        return frugally(() -> windows.windows(new Window(START, NOW)).iterator().next());
    }

    @Test
    void aListMakesTheWindowsThatItShows() {
        var list = new WindowList(
                planned.session.project(),
                planned.state,
                planned.session.project().dag().nodes().getFirst());

        var first = frugally(() -> list.between(null, null).iterator().next());

        assertThat(first.name()).isEqualTo("p@2025-01-01T00:00");
    }

    private static <T> T frugally(Supplier<T> question) {
        var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        T answer = question.get();
        assertThat(thread.getCurrentThreadAllocatedBytes() - before)
                .as("bytes of objects made")
                .isLessThan(A_QUARTER_OF_THEM);
        return answer;
    }
}
