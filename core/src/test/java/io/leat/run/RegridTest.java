package io.leat.run;

import static io.leat.run.TestProject.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.leat.name.ErrorCode;
import io.leat.name.FaultPoint;
import io.leat.name.PipelineException;
import io.leat.name.PipelineName;
import io.leat.state.Load;
import io.leat.state.Record;
import io.leat.state.RecordQuery;
import io.leat.state.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A range of time is loaded anew in windows of another length. */
class RegridTest {

    private static final String TRIPS = """
            pipeline: trips
            source: { files: data/*.csv }
            window: { column: started, every: 1d, start: 2024-01-01, end: 2024-01-05, late: 7d }
            columns:
              started: { type: local_timestamp, required: true }
              id: { type: integer, required: true }
            target: { table: bronze.trips }
            """;
    private static final String ROWS = "SELECT started, id FROM bronze.trips ORDER BY started, id";

    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void project() {
        project = TestProject.in(folder)
                .file("pipelines/trips.yaml", TRIPS)
                .file("data/1.csv", """
                        started,id
                        2024-01-01 10:00:00,1
                        2024-01-01 14:00:00,2
                        2024-01-02 01:00:00,three
                        2024-01-02 11:00:00,4
                        2024-01-03 12:00:00,5
                        """)
                .file("data/2.csv", """
                        started,id
                        2024-01-04 11:00:00,7
                        2024-01-02 11:00:00,6
                        """);
        project.run();
    }

    @AfterEach
    void disarm() {
        System.clearProperty(FaultPoint.PROPERTY);
        FaultPoint.reset();
    }

    private void every(String length) {
        project.file("pipelines/trips.yaml", TRIPS.replace("every: 1d", "every: " + length));
    }

    private NodeReport regrid(String start, String end) {
        RunReport report = project.ask(leat -> {
            var node = leat.project().dag().nodes().stream()
                    .filter(each -> each.name().value().equals("trips"))
                    .findFirst()
                    .orElseThrow();
            return leat.regrid(leat.planRegrid(node, new Scope(start, end)), List.of(), RunListener.SILENT);
        });
        return node(report, "trips");
    }

    private List<String> windows() {
        return project.ask(leat -> leat
                .state()
                .records(RecordQuery.of(leat.project().environment())
                        .pipeline(new PipelineName("trips"))
                        .order(RecordQuery.Order.OLDEST_WINDOW_FIRST))
                .stream()
                .filter(record -> record.window().isPresent())
                .map(record -> record.label() + " " + record.status())
                .toList());
    }

    private List<Record> live() {
        return project.ask(leat -> leat
                .state()
                .records(RecordQuery.of(leat.project().environment())
                        .pipeline(new PipelineName("trips"))
                        .statuses(Status.COMPLETED)
                        .order(RecordQuery.Order.OLDEST_WINDOW_FIRST))
                .stream()
                .filter(record -> record.window().isPresent())
                .toList());
    }

    private long rejected() {
        return project.loads("trips").stream()
                .filter(load -> load.replacedBy() == null)
                .mapToLong(Load::rejected)
                .sum();
    }

    @Test
    void shorterWindowsTakeThePlaceOfLongerOnesInOneCommit() {
        List<String> rows = project.query(ROWS);
        every("12h");
        assertThat(node(project.run(), "trips").idle()).startsWith("up to date");

        NodeReport report = regrid("2024-01-02", "2024-01-04");

        assertThat(report.loaded()).isEqualTo(4);
        assertThat(project.query(ROWS)).isEqualTo(rows);
        assertThat(live())
                .extracting(Record::label)
                .containsExactly(
                        "2024-01-01", "2024-01-02T00", "2024-01-02T12", "2024-01-03T00", "2024-01-03T12", "2024-01-04");
        assertThat(rejected()).isEqualTo(1);
        assertThat(node(project.run(), "trips").idle()).startsWith("up to date");
        assertThat(project.query(ROWS)).isEqualTo(rows);
    }

    @Test
    void longerWindowsTakeThePlaceOfShorterOnes() {
        List<String> rows = project.query(ROWS);
        every("2d");

        NodeReport report = regrid("2024-01-02", "2024-01-04");

        assertThat(report.loaded()).isEqualTo(1);
        assertThat(live()).extracting(Record::label).containsExactly("2024-01-01", "2024-01-02", "2024-01-04");
        assertThat(project.query(ROWS)).isEqualTo(rows);
        assertThat(rejected()).isEqualTo(1);
    }

    @Test
    void backToTheOldWindowsIsPossible() {
        List<String> rows = project.query(ROWS);
        every("12h");
        regrid("2024-01-01", "2024-01-05");
        every("1d");

        assertThat(regrid("2024-01-01", "2024-01-05").loaded()).isEqualTo(4);

        assertThat(live())
                .extracting(Record::label)
                .containsExactly("2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04");
        assertThat(project.query(ROWS)).isEqualTo(rows);
        assertThat(node(project.run(), "trips").idle()).startsWith("up to date");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "claim.after_commit:1",
                "staged.after_commit:1",
                "lake.metadata_written:2",
                "publish.before_commit:2"
            })
    void whatFailsBeforeTheCommitChangesNothing(String point) {
        List<String> rows = project.query(ROWS);
        every("12h");
        System.setProperty(FaultPoint.PROPERTY, point + ":error");
        try {
            regrid("2024-01-01", "2024-01-05");
        } catch (PipelineException expected) {
            assertThat(expected.code()).isNotEqualTo(ErrorCode.INTERNAL);
        }
        disarm();
        project.letLeasesRunOut();

        assertThat(project.query(ROWS)).isEqualTo(rows);
        project.run();
        assertThat(live()).hasSize(4);
        assertThat(project.query(ROWS)).isEqualTo(rows);
        assertThat(live())
                .extracting(Record::label)
                .containsExactly("2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04");

        assertThat(regrid("2024-01-01", "2024-01-05").loaded()).isEqualTo(8);
        assertThat(live()).hasSize(8);
        assertThat(project.query(ROWS)).isEqualTo(rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"publish.after_commit:2", "lake.committed:2", "completed.before_commit:1"})
    void whatFailsAfterTheCommitIsFinishedByTheNextRun(String point) {
        List<String> rows = project.query(ROWS);
        every("12h");
        System.setProperty(FaultPoint.PROPERTY, point + ":error");
        try {
            regrid("2024-01-01", "2024-01-05");
        } catch (PipelineException expected) {
            assertThat(expected.code()).isNotEqualTo(ErrorCode.INTERNAL);
        }
        disarm();
        project.letLeasesRunOut();
        project.run();

        assertThat(live()).hasSize(8);
        assertThat(project.query(ROWS)).isEqualTo(rows);
        assertThat(node(project.run(), "trips").idle()).startsWith("up to date");
    }

    @Test
    void rowsOfAFileThatIsGoneAreSortedIntoTheNewWindows() throws IOException {
        List<String> rows = project.query(ROWS);
        Files.delete(folder.resolve("data/1.csv"));
        every("12h");

        assertThat(regrid("2024-01-01", "2024-01-05").loaded()).isEqualTo(8);

        assertThat(project.query(ROWS)).isEqualTo(rows);
        assertThat(rejected()).isEqualTo(1);
        assertThat(node(project.run(), "trips").idle()).startsWith("up to date");
    }

    @Test
    void rowsThatAreKeptFromAnEarlierVersionOfAFileStandInTheWay() {
        project.file("data/2.csv", "started,id\n2024-01-04 11:00:00,7\n");
        project.run();
        assertThat(project.query("SELECT count(*) FROM bronze.trips WHERE id = 6"))
                .containsExactly("1");
        every("12h");

        assertThatExceptionOfType(PipelineException.class)
                .isThrownBy(() -> regrid("2024-01-01", "2024-01-05"))
                .withMessageContaining("data/2.csv");
        assertThat(regrid("2024-01-03", "2024-01-05").loaded()).isEqualTo(4);
    }

    @Test
    void boundsHaveToBeThoseOfWindowsOfBothLengths() {
        every("2d");

        assertThatExceptionOfType(PipelineException.class)
                .isThrownBy(() -> regrid("2024-01-02", "2024-01-05"))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.BAD_BOUND);
                    assertThat(failure.hint())
                            .hasValueSatisfying(hint -> assertThat(hint).contains("2024-01-04T00:00"));
                });
    }

    @Test
    void theHistoryOfTheWindowsThatLeftIsKept() {
        every("12h");
        regrid("2024-01-01", "2024-01-05");

        assertThat(windows()).filteredOn(text -> text.endsWith("SUPERSEDED")).hasSize(4);
    }
}
