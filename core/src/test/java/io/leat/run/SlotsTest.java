package io.leat.run;

import static io.leat.run.TestProject.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.leat.name.PipelineName;
import io.leat.project.Selection;
import io.leat.state.Backfill;
import io.leat.state.Record;
import io.leat.state.RecordQuery;
import io.leat.state.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several slots in one process, and workers. */
class SlotsTest {

    private static final WorkRequest WORK = new WorkRequest(Selection.ALL, 2, Duration.ofMillis(20));

    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void project() {
        project = SmallProject.in(folder.resolve("project"));
    }

    private Evidence alone() {
        var undisturbed = SmallProject.in(folder.resolve("undisturbed"));
        undisturbed.run();
        return Evidence.of(undisturbed);
    }

    @Test
    void severalSlotsLoadWhatOneWould() {
        project.file(
                "pipelines/trips.yaml",
                project.text("pipelines/trips.yaml") + "concurrency: { together: 1, max_active: 3 }\n");
        RunReport report = project.run(RunRequest.EVERYTHING.withSlots(3));

        assertThat(report.exitCode()).isZero();
        assertThat(Evidence.of(project)).isEqualTo(alone());
    }

    @Test
    void whatReadsATableWaitsForAllThatFillsIt() {
        List<String> order = new CopyOnWriteArrayList<>();
        project.ask(leat -> leat.run(RunRequest.EVERYTHING.withSlots(4), event -> {
            if (event instanceof RunEvent.NodeStarted(var node, long _)) {
                order.add("begins " + node.name());
            } else if (event instanceof RunEvent.NodeEnded(var node, var _)) {
                order.add("ends " + node.name());
            }
        }));

        assertThat(order.indexOf("begins gold.totals"))
                .isGreaterThan(order.indexOf("ends sales"))
                .isGreaterThan(order.indexOf("ends returns"));
        assertThat(order.indexOf("begins sales")).isGreaterThan(order.indexOf("ends countries"));
    }

    @Test
    void aFailureOfTheProgramItselfEndsAllSlots() {
        assertThat(catchThrowable(() -> project.ask(leat -> leat.run(RunRequest.EVERYTHING.withSlots(3), event -> {
                    if (event instanceof RunEvent.SliceEnded) {
                        throw new IllegalStateException("a bug");
                    }
                }))))
                .hasMessage("a bug");
    }

    @Test
    void aWorkerLoadsWhatIsDueAndGoesOnWithBackfillsUntilItIsStopped() {
        var idle = new AtomicInteger();
        RunReport report = project.ask(leat -> leat.work(
                WORK,
                List.of(),
                event -> {
                    if (event instanceof RunEvent.NodeIdle(var node, var reason)
                            && node.name().value().equals("gold.days")
                            && reason.startsWith("up to date")) {
                        idle.incrementAndGet();
                    }
                },
                () -> idle.get() > 0));

        assertThat(report.exitCode()).isZero();
        assertThat(Evidence.of(project)).isEqualTo(alone());
        assertThat(node(report, "trips").loaded()).isGreaterThan(4);

        String backfill = project.ask(leat -> {
            var trips = new Selection(List.of("trips"), List.of());
            return leat.backfills()
                    .start(leat.backfills().plan(BackfillRequest.restate(trips, Scope.EVERYTHING)))
                    .id();
        });
        project.ask(leat -> leat.work(
                WORK,
                List.of(),
                RunListener.SILENT,
                () -> leat.state().backfill(backfill).orElseThrow().stage() == Backfill.Stage.DONE));
        assertThat(records("trips")).extracting(Record::generation).containsOnly(2);
        assertThat(Evidence.of(project).tables()).isEqualTo(alone().tables());
    }

    private List<Record> records(String pipeline) {
        return project.ask(leat -> leat
                .state()
                .records(RecordQuery.of(leat.project().environment())
                        .pipeline(new PipelineName(pipeline))
                        .order(RecordQuery.Order.OLDEST_WINDOW_FIRST))
                .stream()
                .filter(record -> record.window().isPresent())
                .toList());
    }

    @Test
    void whatIsCancelledWhileItIsLoadedStopsSoonAndPublishesNothing() {
        // rows without end: it would be loaded for hours
        project.file("models/gold/endless.sql", """
                MODEL (name gold.endless, kind FULL);
                SELECT count(*) AS n FROM range(1000000000) AS a(i), range(1000000000) AS b(j), gold.totals WHERE a.i % 7 = b.j % 11
                """);
        project.run(new RunRequest(
                new Selection(List.of("gold.totals", "+gold.totals"), List.of()), Scope.EVERYTHING, Optional.empty()));
        var cancelled = new AtomicInteger();
        Thread canceller = Thread.ofVirtual()
                .unstarted(() -> project.ask(leat -> {
                    while (cancelled.get() == 0) {
                        var claimed = RecordQuery.of(leat.project().environment())
                                .pipeline(new PipelineName("gold.endless"))
                                .statuses(Status.IN_PROGRESS);
                        if (leat.state().count(claimed) > 0) {
                            cancelled.addAndGet(leat.interventions()
                                    .cancel(List.of("gold.endless"), "it has no end")
                                    .size());
                        }
                        Thread.onSpinWait();
                    }
                    return cancelled;
                }));
        canceller.start();

        RunReport report = project.run(
                new RunRequest(new Selection(List.of("gold.endless"), List.of()), Scope.EVERYTHING, Optional.empty()));

        assertThat(cancelled).hasValue(1);
        assertThat(node(report, "gold.endless").held()).isEqualTo(1);
        assertThat(project.record("gold.endless").status()).isEqualTo(Status.CANCELLED);
        assertThat(project.version("gold.endless")).isEqualTo("none");
    }
}
