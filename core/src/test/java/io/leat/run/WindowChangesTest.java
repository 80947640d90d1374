package io.leat.run;

import static io.leat.run.TestProject.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineName;
import io.leat.project.Selection;
import io.leat.state.Cause;
import io.leat.state.Record;
import io.leat.state.RecordQuery;
import io.leat.state.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes windows due, due again, or not due any more. */
class WindowChangesTest {

    private static final String TRIPS = """
            pipeline: trips
            source: { files: data/*.csv }
            window: { column: started, every: 1d, start: 2024-01-01, end: 2024-01-05 }
            columns:
              started: { type: local_timestamp, required: true }
              id: { type: integer, required: true }
            target: { table: bronze.trips }
            """;
    private static final String IDS = "SELECT id FROM bronze.trips ORDER BY id";

    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void project() {
        project = TestProject.in(folder)
                .file("pipelines/trips.yaml", TRIPS)
                .file("data/1.csv", "started,id\n2024-01-01 10:00:00,1\n2024-01-02 10:00:00,2\n");
    }

    @AfterEach
    void now() {
        project.later(Duration.ZERO);
    }

    private void window(String window) {
        project.file(
                "pipelines/trips.yaml",
                TRIPS.replaceFirst("window: .*", "window: { column: started, " + window + " }"));
    }

    private NodeReport run() {
        RunReport report = project.run();
        assertThat(report.exitCode()).as("%s", report).isZero();
        return node(report, "trips");
    }

    /** Of windows, oldest first. */
    private List<Record> records() {
        return project.ask(leat -> leat
                .state()
                .records(RecordQuery.of(leat.project().environment())
                        .pipeline(new PipelineName("trips"))
                        .order(RecordQuery.Order.OLDEST_WINDOW_FIRST))
                .stream()
                .filter(record -> record.window().isPresent())
                .toList());
    }

    private List<String> labels() {
        return records().stream().map(Record::label).toList();
    }

    @Test
    void aGrowingFileReloadsOnlyTheWindowsThatItChanged() {
        assertThat(run().loaded()).isEqualTo(4);

        project.file("data/1.csv", "started,id\n2024-01-01 10:00:00,1\n2024-01-02 10:00:00,2\n2024-01-02 11:00:00,3\n");

        assertThat(run().loaded()).isEqualTo(1);
        assertThat(project.query(IDS)).containsExactly("1", "2", "3");
        assertThat(records().get(1).cause()).isEqualTo(Cause.LATE);
        assertThat(run().idle()).startsWith("up to date");
    }

    @Test
    void rowsThatAFileNoLongerHasLeaveTheirWindow() {
        run();
        project.file("data/1.csv", "started,id\n2024-01-01 10:00:00,1\n");

        assertThat(run().loaded()).isEqualTo(1);
        assertThat(project.query(IDS)).containsExactly("1");
        assertThat(run().idle()).startsWith("up to date");
    }

    @Test
    void rowsThatAFileNoLongerHasLeaveTheirWindowAlthoughThePipelineChangedAsWell() {
        run();
        project.file("data/1.csv", "started,id\n2024-01-01 10:00:00,1\n");
        project.file("pipelines/trips.yaml", TRIPS + "steps:\n  - derive: { twice: \"id * 2\" }\n");

        assertThat(run().loaded()).isEqualTo(2);
        assertThat(project.query(IDS)).containsExactly("1");
        assertThat(run().idle()).startsWith("up to date");
    }

    @Test
    void aFileThatWasOnlyTouchedReloadsNothing() {
        run();
        project.file("data/1.csv", "started,id\n2024-01-01 10:00:00,1\n2024-01-02 10:00:00,2\n");

        assertThat(run().idle()).startsWith("up to date");
    }

    @Test
    void aPipelineThatMakesOtherRowsReloadsTheWindowsThatHaveSome() {
        run();
        project.file("pipelines/trips.yaml", TRIPS + "steps:\n  - derive: { twice: \"id * 2\" }\n");

        assertThat(run().loaded()).isEqualTo(2);
        assertThat(project.query("SELECT twice FROM bronze.trips ORDER BY id")).containsExactly("2", "4");
        assertThat(records())
                .extracting(Record::cause)
                .containsExactly(Cause.CHANGED, Cause.CHANGED, Cause.NEW, Cause.NEW);
    }

    @Test
    void anotherStartReloadsNothingThatWasLoaded() {
        run();
        window("every: 1d, start: 2023-12-30, end: 2024-01-05");
        project.file("data/0.csv", "started,id\n2023-12-31 23:00:00,9\n");

        assertThat(run().loaded()).isEqualTo(2);
        assertThat(labels())
                .containsExactly("2023-12-30", "2023-12-31", "2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04");
        assertThat(project.query(IDS)).containsExactly("1", "2", "9");

        window("every: 1d, start: 2024-01-03, end: 2024-01-06");
        assertThat(run().counts().staged()).isZero();
        assertThat(project.query(IDS)).as("what was loaded stays").containsExactly("1", "2", "9");
    }

    @Test
    void theLastWindowIsLoadedAlthoughThePipelineEndsWithinIt() {
        window("every: 2d, start: 2024-01-01, end: 2024-01-02");
        project.file("data/1.csv", "started,id\n2024-01-01 10:00:00,1\n2024-01-02 10:00:00,2\n");

        assertThat(run().loaded()).isEqualTo(2);
        assertThat(project.query(IDS)).containsExactly("1");
        assertThat(project.query("SELECT code FROM leat.rejects")).containsExactly("AFTER_END");
    }

    @Test
    void lateRowsOfAClosedWindowAreRejectedAndTheRestOfTheFileIsLoaded() {
        window("every: 1d, start: 2024-01-01, end: 2024-01-05, late: 7d");
        run();
        project.file("data/2.csv", "started,id\n2024-01-01 12:00:00,8\n2024-01-02 12:00:00,9\n");

        NodeReport report = run();

        assertThat(report.counts().rejected()).isEqualTo(2);
        assertThat(project.query(IDS)).containsExactly("1", "2");
        assertThat(project.query("SELECT record, code, value FROM leat.rejects ORDER BY record"))
                .containsExactly("1|LATE|2024-01-01 12:00:00", "2|LATE|2024-01-02 12:00:00");
        assertThat(run().idle()).startsWith("up to date");
    }

    @Test
    void anotherVersionOfAFileChangesNothingInClosedWindows() {
        window("every: 1d, start: 2024-01-01, end: 2024-01-05, late: 7d");
        run();
        project.file("data/1.csv", "started,id\n2024-01-01 10:00:00,1\n2024-01-02 10:00:00,7\n");
        run();
        assertThat(project.query(IDS)).containsExactly("1", "2");
        assertThat(project.query("SELECT record, code FROM leat.rejects")).containsExactly("2|LATE");

        project.file(
                "pipelines/trips.yaml",
                TRIPS.replace("end: 2024-01-05", "end: 2024-01-05, late: 7d")
                        + "steps:\n  - derive: { twice: \"id * 2\" }\n");
        assertThat(run().loaded())
                .as("a new pipeline makes them of what they were made of")
                .isEqualTo(2);
        assertThat(project.query("SELECT twice FROM bronze.trips ORDER BY id")).containsExactly("2", "4");
    }

    @Test
    void aHoleIsFilledHoweverLate() {
        window("every: 1d, start: 2024-01-02, end: 2024-01-05, late: 7d");
        run();
        window("every: 1d, start: 2024-01-01, end: 2024-01-05, late: 7d");

        assertThat(run().counts().staged()).isEqualTo(1);
        assertThat(project.query(IDS)).containsExactly("1", "2");
    }

    @Test
    void anotherLengthOfWindowsBeginsAfterTheLastOneWithARecord() {
        run();
        window("every: 12h, start: 2024-01-01, end: 2024-01-07");
        project.file("data/2.csv", "started,id\n2024-01-05 13:00:00,5\n2024-01-02 13:00:00,3\n");

        assertThat(run().loaded())
                .as("four halves of days, and the day that gained a row")
                .isEqualTo(5);
        assertThat(labels())
                .containsExactly(
                        "2024-01-01",
                        "2024-01-02",
                        "2024-01-03",
                        "2024-01-04",
                        "2024-01-05T00",
                        "2024-01-05T12",
                        "2024-01-06T00",
                        "2024-01-06T12");
        assertThat(project.query(IDS)).containsExactly("1", "2", "3", "5");
        assertThat(run().idle()).startsWith("up to date");
    }

    @Test
    void whereTwoGridsDoNotMeetAShorterWindowBridgesThem() {
        window("every: 2d, start: 2024-01-01, end: 2024-01-04");
        project.file("data/1.csv", "started,id\n2024-01-03 10:00:00,3\n2024-01-04 10:00:00,4\n2024-01-09 10:00:00,9\n");
        run();
        List<String> before = labels();
        window("every: 1w, start: 2024-01-01, end: 2024-01-15");

        run();

        assertThat(labels()).startsWith(before.toArray(String[]::new));
        List<Record> records = records();
        for (int i = 1; i < records.size(); i++) {
            assertThat(records.get(i).window().orElseThrow().start())
                    .as("no gap before %s", records.get(i).name())
                    .isEqualTo(records.get(i - 1).window().orElseThrow().end());
        }
        assertThat(project.query(IDS)).containsExactly("3", "4", "9");
    }

    @Test
    void lookbackLoadsTheWindowsBeforeTheNewestAgainOnceItIsDue() {
        String start = LocalDate.now(ZoneOffset.UTC).minusDays(4).toString();
        window("every: 1d, start: %s, lookback: 2".formatted(start));
        assertThat(run().loaded()).isEqualTo(4 + 1);
        assertThat(run().idle()).as("all are younger than the newest window").startsWith("up to date");

        project.later(Duration.ofDays(1));
        NodeReport report = run();

        assertThat(report.loaded()).isEqualTo(1);
        assertThat(report.skipped()).as("nothing has changed in them").isEqualTo(2);
        assertThat(records())
                .extracting(Record::cause)
                .containsExactly(Cause.NEW, Cause.NEW, Cause.LOOKBACK, Cause.LOOKBACK, Cause.NEW);
        assertThat(run().idle()).startsWith("up to date");
    }

    @Test
    void withAScheduleWindowsWaitForItsNextTime() {
        String start = LocalDate.now(ZoneOffset.UTC).minusDays(2).toString();
        window("every: 1d, start: %s, stability: 1h".formatted(start));
        String yaml = project.text("pipelines/trips.yaml");
        project.file("pipelines/trips.yaml", yaml + "schedule: '0 0 1 1 *'\n");

        run();
        assertThat(records()).isEmpty();

        project.later(Duration.ofDays(366));
        run();
        assertThat(labels().getLast()).as("an hour before the new year").endsWith("-12-30");
    }

    @Test
    void keysOfRecordsAreComputedFromTheirWindows() {
        project.file("pipelines/trips.yaml", TRIPS + """
                record_keys:
                  key_x: "{label:yyyy/MM}"
                  key_y: "{pipeline}-{start:yyyyMMdd'T'HHmm}"
                  key_z: "{end}"
                """);
        run();

        assertThat(records().getFirst().recordKeys())
                .isEqualTo(
                        "{\"key_x\":\"2024/01\",\"key_y\":\"trips-20240101T0000\",\"key_z\":\"2024-01-02T00:00:00Z\"}");
    }

    @Test
    void aRecordWithoutARequiredKeyFailsBeforeAnythingIsRead() {
        project.file("pipelines/trips.yaml", TRIPS + "record_keys: { key_x: '' }\n");

        RunReport report = project.run();

        assertThat(report.exitCode()).isEqualTo(4);
        assertThat(records()).allSatisfy(record -> {
            assertThat(record.status()).isEqualTo(Status.FAILED);
            assertThat(record.errorCode()).isEqualTo(ErrorCode.EMPTY_RECORD_KEY);
            assertThat(record.reason()).contains("key_x");
            assertThat(record.staging()).isNull();
        });

        project.file("pipelines/trips.yaml", TRIPS + "record_keys: { key_x: { value: '', required: false } }\n");
        assertThat(run().loaded()).isEqualTo(4);
        assertThat(records()).extracting(Record::generation).containsOnly(1);
    }

    @Test
    void catchupLastLoadsOnlyTheNewestOfWhatWasMissed() {
        window("every: 1d, start: 2024-01-01, end: 2024-01-05, catchup: last");

        assertThat(run().loaded()).isEqualTo(1);
        assertThat(labels()).containsExactly("2024-01-04");

        window("every: 1d, start: 2024-01-01, end: 2024-01-08, catchup: last");
        assertThat(run().loaded()).isEqualTo(1);
        assertThat(labels()).containsExactly("2024-01-04", "2024-01-07");
    }

    @Test
    void catchupNoneLoadsNothingThatWasDueBeforeThePipelineWasFirstPlanned() {
        window("every: 1d, start: 2024-01-01, end: 2024-01-05, catchup: none");

        assertThat(run().idle()).startsWith("up to date");
        assertThat(records()).isEmpty();
        RunReport asked =
                project.run(new RunRequest(Selection.ALL, new Scope("2024-01-02", "2024-01-03"), Optional.empty()));
        assertThat(node(asked, "trips").loaded()).as("bounds are a wish").isEqualTo(1);
    }

    private List<String> listed(String start, String end) {
        return project.ask(leat -> new WindowList(
                        leat.project(),
                        leat.state(),
                        leat.project().dag().nodes().getFirst())
                .between(Instant.parse(start), Instant.parse(end))
                .map(entry -> entry.name() + " "
                        + (entry.record() == null
                                ? entry.reason()
                                : entry.record().status()))
                .toList());
    }

    @Test
    void listsWindowsWithARecordThoseThatAreDueAndThoseThatCatchupLeavesOut() {
        window("every: 1d, start: 2024-01-02, end: 2024-01-03");
        run();
        window("every: 1d, start: 2024-01-01, end: 2024-01-05, catchup: last");

        assertThat(listed("2024-01-01T12:00:00Z", "2024-01-04T12:00:00Z"))
                .satisfiesExactly(
                        before -> assertThat(before).startsWith("trips@2024-01-01 not loaded: a newer window is due"),
                        loaded -> assertThat(loaded).isEqualTo("trips@2024-01-02 COMPLETED"),
                        between -> assertThat(between).startsWith("trips@2024-01-03 not loaded: a newer window is due"),
                        newest -> assertThat(newest).startsWith("trips@2024-01-04 due since 2024-01-05 00:00 UTC"));
    }

    @Test
    void aWindowThatIsDueLaterIsListedOnce() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        window("every: 1d, start: %s, stability: 2h".formatted(today));

        assertThat(listed("2024-01-01T00:00:00Z", "2124-01-01T00:00:00Z"))
                .singleElement()
                .satisfies(waiting -> assertThat(waiting)
                        .startsWith("trips@" + today + " waiting: window ends " + today.plusDays(1)
                                + " 00:00 UTC, due after 2h"));
    }

    @Test
    void catchupNoneLoadsTheWindowInWhichThePipelineWasFirstPlannedAsAWhole() {
        var today = LocalDate.now(ZoneOffset.UTC);
        window("every: 1d, start: %s, catchup: none".formatted(today.minusDays(3)));
        run();

        project.later(Duration.ofDays(1));
        run();

        assertThat(records()).singleElement().satisfies(record -> {
            assertThat(record.window().orElseThrow().start())
                    .isEqualTo(today.atStartOfDay(ZoneOffset.UTC).toInstant());
            assertThat(record.window().orElseThrow().length()).isEqualTo(Duration.ofDays(1));
        });
    }
}
