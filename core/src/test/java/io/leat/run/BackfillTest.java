package io.leat.run;

import static io.leat.run.TestProject.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.Leat;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.PipelineName;
import io.leat.project.Selection;
import io.leat.state.AuditEntry;
import io.leat.state.Backfill;
import io.leat.state.Cause;
import io.leat.state.Record;
import io.leat.state.RecordQuery;
import io.leat.state.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackfillTest {

    private static final Selection TRIPS = new Selection(List.of("trips"), List.of());
    private static final Scope SECOND_AND_THIRD = new Scope("2024-01-02", "2024-01-04");

    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void project() {
        project = TestProject.in(folder)
                .file("pipelines/trips.yaml", """
                        pipeline: trips
                        source: { files: data/trips.csv }
                        window: { column: started, every: 1d, timezone: America/Los_Angeles, start: 2024-01-01, end: 2024-01-06, catchup: none }
                        columns:
                          started: { type: local_timestamp, required: true }
                          id: { type: integer, required: true }
                        checks:
                          - { name: small, range: { column: id, max: 100 } }
                        target: { table: bronze.trips }
                        """)
                .file("models/gold/days.sql", """
                        MODEL (name gold.days, kind INCREMENTAL_BY_TIME_RANGE (time_column day), start '2024-01-01', cron '@daily');
                        SELECT CAST(started AS DATE) AS day, count(*) AS trips, sum(id) AS ids
                        FROM bronze.trips WHERE CAST(started AS DATE) BETWEEN @start_date AND @end_date GROUP BY ALL
                        """)
                .file("models/gold/total.sql", """
                        MODEL (name gold.total, kind FULL);
                        SELECT sum(trips) AS trips, sum(ids) AS ids FROM gold.days
                        """)
                .file("data/trips.csv", rows(1, 2, 3, 4, 5));
    }

    /** One a day, from the first of January on. */
    private static String rows(int... ids) {
        var rows = new StringBuilder("started,id\n");
        for (int day = 0; day < ids.length; day++) {
            rows.append("2024-01-0%d 10:00:00,%d\n".formatted(day + 1, ids[day]));
        }
        return rows.toString();
    }

    private RunReport carriedOut(Leat leat, BackfillRequest request) {
        var backfills = leat.backfills();
        Backfill started = backfills.start(backfills.plan(request));
        RunReport report = leat.run(backfills.request(started), RunListener.SILENT);
        backfills.endIfDone(started);
        return report;
    }

    private List<String> planned(BackfillRequest request) {
        return project.ask(leat -> {
            var plan = leat.backfills().plan(request);
            assertThat(plan.slices()).isEqualTo(leat.backfills().items(plan).count());
            return leat.backfills().items(plan).map(BackfillPlan.Item::name).toList();
        });
    }

    private List<Record> records(String pipeline) {
        return project.ask(leat -> leat.state()
                .records(RecordQuery.of(leat.project().environment())
                        .pipeline(new PipelineName(pipeline))
                        .order(RecordQuery.Order.OLDEST_WINDOW_FIRST)));
    }

    @Test
    void fillsExactlyTheWindowsThatItHasListed() {
        var request = BackfillRequest.fill(TRIPS, SECOND_AND_THIRD);
        assertThat(planned(request)).containsExactly("trips@2024-01-02", "trips@2024-01-03");

        RunReport report = project.ask(leat -> carriedOut(leat, request));

        assertThat(node(report, "trips").loaded()).isEqualTo(2);
        assertThat(report.nodes()).as("nothing else is run").hasSize(1);
        assertThat(project.query("SELECT id FROM bronze.trips ORDER BY id")).containsExactly("2", "3");
        assertThat(records("trips")).extracting(Record::cause).containsOnly(Cause.NEW);
        assertThat(planned(request)).isEmpty();
        assertThat(planned(BackfillRequest.fill(TRIPS, Scope.EVERYTHING)))
                .containsExactly("trips@2024-01-01", "trips@2024-01-04", "trips@2024-01-05");
    }

    @Test
    void canBeginWithTheNewest() {
        var request = new BackfillRequest(
                Backfill.Kind.BACKFILL,
                TRIPS,
                Scope.EVERYTHING,
                Backfill.Reprocess.MISSING,
                true,
                OptionalInt.of(1),
                false);

        assertThat(planned(request))
                .containsExactly(
                        "trips@2024-01-05",
                        "trips@2024-01-04",
                        "trips@2024-01-03",
                        "trips@2024-01-02",
                        "trips@2024-01-01");
        project.ask(leat -> carriedOut(leat, request));
        List<Record> byToken = records("trips").stream()
                .sorted((a, b) -> Long.compare(a.token(), b.token()))
                .toList();
        assertThat(byToken.getFirst().label()).isEqualTo("2024-01-05");
    }

    @Test
    void takesWhatHasFailedOnlyIfThatIsWished() {
        project.file("data/trips.csv", rows(1, 200, 3, 4, 5));
        RunReport failed = project.ask(leat -> carriedOut(leat, BackfillRequest.fill(TRIPS, Scope.EVERYTHING)));
        assertThat(failed.exitCode()).isEqualTo(4);
        project.file("data/trips.csv", rows(1, 2, 3, 4, 5));

        assertThat(planned(BackfillRequest.fill(TRIPS, Scope.EVERYTHING))).isEmpty();
        var request = new BackfillRequest(
                Backfill.Kind.BACKFILL,
                TRIPS,
                Scope.EVERYTHING,
                Backfill.Reprocess.FAILED,
                false,
                OptionalInt.empty(),
                false);
        assertThat(planned(request)).containsExactly("trips@2024-01-02");
        RunReport report = project.ask(leat -> carriedOut(leat, request));
        assertThat(report.exitCode()).isZero();
        Record again = records("trips").get(1);
        assertThat(again.generation()).as("the same goes on").isEqualTo(1);
        assertThat(again.attempt()).isEqualTo(1);
        assertThat(again.status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void restatesWithAllThatIsMadeOfItAndNothingElse() {
        project.ask(leat -> carriedOut(leat, BackfillRequest.fill(TRIPS, Scope.EVERYTHING)));
        assertThat(project.run().exitCode()).isZero();
        assertThat(project.query("SELECT ids FROM gold.total")).containsExactly("15");
        var request = BackfillRequest.restate(TRIPS, SECOND_AND_THIRD);

        assertThat(planned(request))
                .containsExactly(
                        "trips@2024-01-02",
                        "trips@2024-01-03",
                        "gold.days@2024-01-02",
                        "gold.days@2024-01-03",
                        "gold.days@2024-01-04",
                        "gold.total@all");
        RunReport report = project.ask(leat -> carriedOut(leat, request));

        assertThat(report.exitCode()).isZero();
        assertThat(node(report, "trips").loaded()).isEqualTo(2);
        assertThat(records("trips"))
                .extracting(Record::generation)
                .as("loaded again although nothing has changed")
                .containsExactly(1, 2, 2, 1, 1);
        assertThat(records("trips").get(1).cause()).isEqualTo(Cause.RESTATE);
        assertThat(project.query("SELECT ids FROM gold.total")).containsExactly("15");
        assertThat(project.run().nodes())
                .allSatisfy(each -> assertThat(each.idle()).isNotEmpty());
    }

    @Test
    void restatedTwiceIsTheSameAsOnce() {
        project.ask(leat -> carriedOut(leat, BackfillRequest.fill(TRIPS, Scope.EVERYTHING)));
        project.run();
        project.ask(leat -> carriedOut(leat, BackfillRequest.restate(TRIPS, Scope.EVERYTHING)));
        var once = project.ask(leat -> Evidence.of(leat));
        project.ask(leat -> carriedOut(leat, BackfillRequest.restate(TRIPS, Scope.EVERYTHING)));

        assertThat(project.ask(leat -> Evidence.of(leat)).tables()).isEqualTo(once.tables());
        assertThat(project.ask(leat -> Evidence.of(leat)).rejects()).isEqualTo(once.rejects());
    }

    @Test
    void pausesGoesOnAndIsCancelled() {
        String id = project.ask(leat -> {
            var backfills = leat.backfills();
            Backfill started = backfills.start(backfills.plan(BackfillRequest.fill(TRIPS, Scope.EVERYTHING)));
            backfills.pause(started.id());
            RunReport paused = leat.run(backfills.request(started), RunListener.SILENT);
            assertThat(node(paused, "trips").loaded()).isZero();
            return started.id();
        });
        project.ask(leat -> {
            var backfills = leat.backfills();
            backfills.resume(id);
            leat.run(backfills.request(backfills.progress(id).backfill()), RunListener.SILENT);
            assertThat(backfills.progress(id).ended()).isEqualTo(5);
            assertThat(backfills.endIfDone(backfills.progress(id).backfill())).isTrue();
            assertThatThrownBy(() -> backfills.cancel(id))
                    .isInstanceOfSatisfying(
                            PipelineException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.BAD_ARGUMENT));
            return id;
        });
        project.ask(leat -> {
            var backfills = leat.backfills();
            Backfill another = backfills.start(backfills.plan(BackfillRequest.restate(TRIPS, Scope.EVERYTHING)));
            assertThat(backfills.cancel(another.id()).backfill().stage()).isEqualTo(Backfill.Stage.CANCELLED);
            assertThat(leat.state().auditLog(leat.project().environment(), 10, 0))
                    .extracting(AuditEntry::action)
                    .containsExactly(
                            "backfill cancelled",
                            "restate",
                            "run",
                            "backfill running",
                            "run",
                            "backfill paused",
                            "backfill");
            return another;
        });
    }
}
