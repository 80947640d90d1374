package io.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Commands by which a person has slices loaded, again or at all. */
class WorkCommandsTest {
    @TempDir
    Path folder;

    private SampleProject project;

    @BeforeEach
    void write() {
        project = SampleProject.in(folder);
    }

    private String backfill() {
        return project.json("backfills").getFirst().path("backfill_id").asString();
    }

    @Test
    void aBackfillIsShownThenCarriedOutHere() {
        CommandRun dry = project.run("backfill", "trips", "--start", "2024-01-02", "--dry-run");
        assertThat(dry.data()).contains("trips@2024-01-02", "trips@2024-01-03").doesNotContain("trips@2024-01-01");
        assertThat(dry.messages()).contains("2 slices of 1 table with 0 rows would be loaded; nothing was changed");
        assertThat(project.json("backfills")).isEmpty();

        CommandRun done = project.run("backfill", "trips", "--start", "2024-01-02");
        assertThat(done.exitCode()).as(done.messages()).isZero();
        assertThat(done.messages()).contains("2 of 2 slices have ended").doesNotContain("goes on with the rest");
        assertThat(project.json("windows", "trips"))
                .extracting(row -> row.path("name").asString() + " "
                        + row.path("pipeline_status").asString())
                .containsExactly(
                        "trips@2024-01-01 NO_RECORD", "trips@2024-01-02 COMPLETED", "trips@2024-01-03 COMPLETED");
        assertThat(project.run("backfill", "trips", "--start", "2024-01-02").messages())
                .contains("nothing to do");
    }

    @Test
    void aBackfillIsLeftToWorkersPausedResumedAndCancelled() {
        CommandRun detached = project.run("backfill", "trips", "--detach");
        assertThat(detached.messages()).contains("workers carry it out, `leat backfills` shows how far it is");
        assertThat(detached.data()).contains("bronze.trips", "selected");
        String id = backfill();
        assertThat(project.json("backfills")).singleElement().satisfies(row -> {
            assertThat(row.path("status").asString()).isEqualTo("RUNNING");
            assertThat(row.path("slices").asInt()).isEqualTo(3);
        });

        assertThat(project.run("backfills", "pause", id).messages()).contains(id + " is paused: 0 of 3 slices");
        assertThat(project.run("backfills", "resume", id, "--detach").messages())
                .contains(id + " is running");
        CommandRun here = project.run("backfills", "resume", id);
        assertThat(here.exitCode()).as(here.messages()).isZero();
        assertThat(here.messages()).contains("3 of 3 slices have ended");

        project.data("backfill", "sales", "--reprocess", "completed", "--detach");
        String other = backfill();
        assertThat(other).isNotEqualTo(id);
        assertThat(project.run("backfills", "cancel", other).messages()).contains(other + " is cancelled");
        assertThat(project.json("backfills", "-n", "1")
                        .getFirst()
                        .path("status")
                        .asString())
                .isEqualTo("CANCELLED");
    }

    @Test
    void aRestatementLoadsAgainWhatIsThereAndTheModelsThatReadIt() {
        project.data("run", "-q");

        CommandRun restated = project.run("restate", "sales", "-o", "json");

        assertThat(restated.exitCode()).as(restated.messages()).isZero();
        assertThat(restated.data()).contains("sales@all", "gold.totals@all");
        JsonNode why = project.json("why", "sales@all").getFirst();
        assertThat(why.path("generations")).hasSize(2);
        assertThat(project.data("why", "sales@all")).contains("because somebody asked to load it again, generation 2");
    }

    @Test
    void whatFailedIsTriedAgainAndWhatWaitsIsCancelled() {
        project.file("data/sales.csv", "id,country,amount\n1,NL,1\n1,BE,2\n");
        CommandRun failed = project.run("run", "sales");
        assertThat(failed.exitCode()).isEqualTo(4);
        assertThat(project.run("status").data()).contains("failed");
        assertThat(project.data("why", "sales@all")).contains("failed with E301", "once");

        CommandRun again = project.run("retry", "sales@all");
        assertThat(again.exitCode())
                .as("the same data fail again: " + again.messages())
                .isEqualTo(4);
        CommandRun detached = project.run("retry", "sales", "--detach");
        assertThat(detached.messages()).contains("1 record to be tried again");
        assertThat(project.data("why", "sales@all")).contains("pending");

        CommandRun cancelled = project.run("cancel", "sales@all", "--reason", "wrong file");
        assertThat(cancelled.messages()).contains("1 record cancelled");
        assertThat(project.data("why", "sales@all")).contains("cancelled: wrong file");

        project.file("data/sales.csv", "id,country,amount\n1,NL,1\n2,BE,2\n");
        assertThat(project.run("retry", "sales@all").exitCode()).isZero();
        assertThat(project.run("retry", "sales@all").messages())
                .contains("nothing to do: none of them can be tried again");
        assertThat(project.run("cancel", "sales").messages()).contains("nothing to do");
        assertThat(project.run("release", "sales").messages()).contains("nothing to do");
        assertThat(project.run("restore-slice", "sales@all").exitCode()).isZero();
    }

    @Test
    void nextTellsWhichWindowsLieAheadByBothClocks() {
        assertThat(project.run("next").messages()).contains("no windows lie ahead");
        project.file("pipelines/hourly.yaml", """
                pipeline: hourly
                source: { files: data/trips.csv }
                window: { column: at, every: 1h, start: 2024-01-01, timezone: America/Los_Angeles }
                columns: { at: { type: timestamp } }
                target: { table: bronze.hourly }
                """);
        assertThat(project.json("next", "hourly", "-n", "2")).hasSize(2).allSatisfy(row -> {
            assertThat(row.path("name").asString()).startsWith("hourly@");
            assertThat(row.path("timezone").asString()).isEqualTo("America/Los_Angeles");
            assertThat(row.path("due_local").asString()).matches(".* -0[78]:00");
        });
    }

    @Test
    void aRunTellsEachSliceToPrograms() {
        CommandRun run = project.run("run", "-o", "ndjson");
        assertThat(run.exitCode()).isZero();
        assertThat(run.data().lines())
                .anyMatch(line -> line.contains("\"name\":\"trips@2024-01-02\""))
                .hasSize(5);
        assertThat(project.run("run", "--each").data()).contains("sales -> bronze.sales: skipped");
        assertThat(project.run("run", "--only", "transform").data())
                .contains("gold.totals")
                .doesNotContain("trips");
    }
}
