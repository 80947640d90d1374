package io.leat.run;

import static io.leat.run.TestProject.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.leat.name.ErrorCode;
import io.leat.state.Counts;
import io.leat.state.Load;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline with windows, run after run. */
class RunWindowsTest {

    private static final String TRIPS = """
            pipeline: trips
            source: { files: data/trips-*.csv }
            window: { column: started, every: 1d, start: 2024-01-01, end: 2024-01-05 }
            columns:
              started: { type: local_timestamp, required: true }
              id: { type: integer, required: true }
            checks:
              - { unique: [id] }
            target: { table: bronze.trips }
            """;
    private static final String IDS = "SELECT id FROM bronze.trips ORDER BY id";

    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void project() {
        project = TestProject.in(folder).file("pipelines/trips.yaml", TRIPS).file("data/trips-1.csv", """
                started,id
                2024-01-01 10:00:00,1
                2024-01-01 11:00:00,2
                2024-01-02 10:00:00,3
                2024-01-02 10:00:00,three
                2024-02-30 10:00:00,4
                2025-01-01 10:00:00,5
                """);
    }

    @Test
    void everyRowIsAccountedForInItsWindowOrWithItsFile() {
        RunReport report = project.run();

        assertThat(report.exitCode()).isZero();
        assertThat(node(report, "trips").counts()).isEqualTo(new Counts(6, 3, 3, 0, 0, 0));
        assertThat(project.query(IDS)).containsExactly("1", "2", "3");
        assertThat(project.query("SELECT record, code, \"column\", value FROM leat.rejects ORDER BY record"))
                .containsExactly(
                        "4|TYPE|id|three",
                        "5|BAD_TIME|started|2024-02-30 10:00:00",
                        "6|AFTER_END|started|2025-01-01 10:00:00");
        assertThat(project.loads("trips").stream().filter(load -> load.windowStart() != null))
                .extracting(Load::rows)
                .containsExactly(2L, 1L, 0L, 0L);
        String version = project.version("bronze.trips");
        assertThat(node(project.run(), "trips").idle()).startsWith("up to date");
        assertThat(project.version("bronze.trips")).isEqualTo(version);
    }

    @Test
    void aNewFileReopensTheWindowsThatItHasRowsFor() {
        project.run();
        project.file("data/trips-2.csv", "started,id\n2024-01-02 23:59:59,6\n2024-01-04 00:00:00,7\n");
        RunReport report = project.run();
        assertThat(node(report, "trips").loaded()).isEqualTo(2);
        assertThat(project.query(IDS)).containsExactly("1", "2", "3", "6", "7");
    }

    @Test
    void aWindowThatFailsACheckDoesNotHoldUpTheOthers() {
        project.file("data/trips-2.csv", "started,id\n2024-01-02 23:59:59,3\n2024-01-04 00:00:00,7\n");
        RunReport report = project.run();
        assertThat(report.exitCode()).isEqualTo(4);
        assertThat(node(report, "trips").failures()).singleElement().satisfies(failure -> {
            assertThat(failure.error()).isEqualTo(ErrorCode.CHECK_FAILED);
            assertThat(failure.label()).isEqualTo("2024-01-02");
        });
        assertThat(project.query(IDS)).containsExactly("1", "2", "7");

        project.file("data/trips-2.csv", "started,id\n2024-01-02 23:59:59,8\n2024-01-04 00:00:00,7\n");
        assertThat(project.run().exitCode()).isZero();
        assertThat(project.query(IDS)).containsExactly("1", "2", "3", "7", "8");
    }

    @Test
    void windowsAreLoadedAgainWhenThePipelineChanges() {
        project.run();
        project.file(
                "pipelines/trips.yaml", TRIPS.replace("required: true }\nchecks", "required: true, min: 2 }\nchecks"));
        assertThat(project.run().exitCode()).isZero();
        assertThat(project.query(IDS)).containsExactly("2", "3");
        assertThat(node(project.run(), "trips").idle()).startsWith("up to date");
    }

    @Test
    void windowsAreLoadedAgainWhenWhatTheyLookUpChanges() {
        project.file(
                        "pipelines/trips.yaml",
                        TRIPS + "steps: [{ enrich: { with: data/names.csv, match: { id: id }, add: [name] } }]\n")
                .file("data/names.csv", "id,name\n1,one\n");
        project.run();
        project.file("data/names.csv", "id,name\n1,eins\n2,zwei\n");
        assertThat(project.run().exitCode()).isZero();
        assertThat(project.query("SELECT id, name FROM bronze.trips ORDER BY id"))
                .containsExactly("1|eins", "2|zwei", "3|null");
        assertThat(node(project.run(), "trips").idle()).startsWith("up to date");
    }

    @Test
    void rowsThatACorrectedFileNoLongerHasLeaveTheirWindow() {
        project.run();
        project.file("data/trips-1.csv", "started,id\n2024-01-01 10:00:00,1\n");
        RunReport report = project.run();
        assertThat(report.exitCode()).isZero();
        assertThat(project.query(IDS)).containsExactly("1");
        assertThat(project.query("SELECT count(*) FROM leat.rejects")).containsExactly("0");
    }
}
