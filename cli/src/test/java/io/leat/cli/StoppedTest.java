package io.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process that works until it is asked to stop. */
@Timeout(180)
class StoppedTest {
    @TempDir
    Path folder;

    @Test
    void aWorkerThatIsAskedToStopEndsInOrder() throws Exception {
        SampleProject project = SampleProject.in(folder.resolve("project"));
        Path messages = folder.resolve("messages");
        Process worker = start(project, messages, "worker", "--poll", "1s");
        try {
            ProgramProcess.awaitLine(messages, "gold.totals", worker);
            worker.destroy();
            assertThat(worker.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            worker.destroyForcibly();
        }

        assertThat(worker.exitValue()).as("terminated").isEqualTo(143);
        assertThat(Files.readString(messages))
                .contains("working: 1 slot, looking every 1s", "stopping: what is in work is finished")
                .doesNotContain("\tat ");
        assertThat(project.json("windows", "trips")).hasSize(3);
        assertThat(project.json("logs"))
                .anySatisfy(run -> assertThat(run.path("command").asString() + " "
                                + run.path("outcome").asString())
                        .isEqualTo("worker done"));
        assertThat(project.run("run").messages()).contains("nothing to do");
    }

    @Test
    void aWorkerNoticesChangesAndGoesOnWithTheProjectBeforeWhereTheyAreWrong() throws Exception {
        SampleProject project = SampleProject.in(folder.resolve("project"));
        Path messages = folder.resolve("messages");
        Process worker = start(project, messages, "worker", "--poll", "1s");
        try {
            ProgramProcess.awaitLine(messages, "gold.totals", worker);
            project.file("pipelines/more.yaml", "pipeline: more\n");
            ProgramProcess.awaitLine(messages, "the project as it was before goes on", worker);
            project.file("data/more.csv", "a\n1\n").file("pipelines/more.yaml", """
                            pipeline: more
                            source: { files: data/more.csv }
                            target: { table: bronze.more }
                            """);
            ProgramProcess.awaitLine(messages, "\"name\":\"more\"", worker);
        } finally {
            worker.destroy();
            worker.waitFor(60, TimeUnit.SECONDS);
            worker.destroyForcibly();
        }

        assertThat(Files.readString(messages))
                .contains("E103", "the project's files have changed: they are read again");
        assertThat(project.json("query", "FROM bronze.more")).hasSize(1);
    }

    @Test
    void aRunThatIsInterruptedFinishesWhatIsInWorkAndGivesTheRestBack() throws Exception {
        SampleProject project = SampleProject.in(folder.resolve("project"));
        var rows = new StringBuilder("at,metres\n");
        for (int day = 0; day < 2_000; day++) {
            rows.append(java.time.LocalDate.of(2015, 1, 1).plusDays(day)).append("T10:00:00Z,1\n");
        }
        project.file("data/trips.csv", rows.toString())
                .file(
                        "pipelines/trips.yaml",
                        Files.readString(project.root().resolve("pipelines/trips.yaml"))
                                .replace("start: 2024-01-01", "start: 2015-01-01"));
        Path messages = folder.resolve("messages");
        Path data = folder.resolve("data");
        Process run = ProgramProcess.start(project, data, messages, "run", "trips", "--each", "-o", "ndjson");
        try {
            ProgramProcess.awaitLine(data, "trips@", run);
            assertThat(new ProcessBuilder("kill", "-INT", Long.toString(run.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            run.destroyForcibly();
        }

        assertThat(run.exitValue()).as(Files.readString(messages)).isEqualTo(130);
        assertThat(Files.readString(messages))
                .contains("stopping: what is in work is finished or given back")
                .doesNotContain("E901", "failed", "\tat ");
        long loaded = Files.readString(data)
                .lines()
                .filter(line -> line.contains("\"loaded\""))
                .count();
        assertThat(loaded).isBetween(1L, 3_000L);
        assertThat(project.json("windows", "trips"))
                .filteredOn(row -> !row.path("pipeline_status").asString().equals("NO_RECORD"))
                .as("all that was begun is complete")
                .hasSize((int) loaded)
                .allSatisfy(row ->
                        assertThat(row.path("pipeline_status").asString()).isEqualTo("COMPLETED"));
    }

    @Test
    void aQueryThatIsInterruptedEndsAndBlamesNobody() throws Exception {
        SampleProject project = SampleProject.in(folder.resolve("project"));
        Path messages = folder.resolve("messages");
        Path data = folder.resolve("data");
        Process query = ProgramProcess.start(
                project, data, messages, "query", "-o", "csv", "SELECT range FROM range(20000000000)");
        try {
            ProgramProcess.awaitLine(data, "1000", query);
            query.destroy();
            assertThat(query.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            query.destroyForcibly();
        }

        assertThat(query.exitValue()).isEqualTo(143);
        assertThat(Files.readString(messages))
                .contains("the query was stopped")
                .doesNotContain("E901", "E006", "\tat ");
    }

    private static Process start(SampleProject project, Path messages, String... command) throws IOException {
        return ProgramProcess.start(project, Path.of("/dev/null"), messages, command);
    }
}
