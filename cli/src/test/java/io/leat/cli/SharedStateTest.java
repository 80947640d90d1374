package io.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A project whose state is on a PostgreSQL server. */
class SharedStateTest {
    private final PostgresServer server = PostgresServer.shared();

    @TempDir
    Path project;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(
                project.resolve("leat.yaml"), """
                project: sales
                state: { connection: shared }
                connections:
                  shared:
                    type: postgresql
                    host: 127.0.0.1
                    port: %d
                    database: %s
                    user: %s
                    password: ${secret:STATE_PASSWORD}
                """.formatted(server.port(), server.newDatabase(), PostgresServer.USER));
        Files.writeString(project.resolve(".env"), "STATE_PASSWORD=" + PostgresServer.PASSWORD + "\n");
        Files.createDirectories(project.resolve("pipelines"));
        Files.writeString(project.resolve("pipelines/sales.yaml"), """
                pipeline: sales
                source: { files: sales.csv }
                columns:
                  city: { type: string }
                  amount: { type: integer }
                target: { table: bronze.sales }
                """);
        Files.writeString(project.resolve("sales.csv"), "city,amount\nUlm,3\nGhent,4\n");
    }

    private CommandRun leat(String... arguments) {
        return CommandRun.in(project, arguments);
    }

    @Test
    void isLoadedAndReadLikeAnyOther() {
        assertThat(leat("run").messages()).as("first run").contains("1 slice loaded, 2 rows read");
        assertThat(leat("run").exitCode()).isZero();

        assertThat(leat("query", "SELECT sum(amount) AS total FROM bronze.sales", "-o", "csv")
                        .data())
                .isEqualToIgnoringNewLines("total7");
        assertThat(leat("status", "-o", "csv").data()).contains("sales");
        assertThat(project.resolve(".leat/state.db")).doesNotExist();
    }

    @Test
    void isExaminedByTheDoctor() throws IOException {
        var healthy = leat("doctor", "-o", "json");
        assertThat(healthy.exitCode()).isZero();
        assertThat(healthy.data())
                .contains("postgresql://127.0.0.1:" + server.port())
                .contains("schema leat opens, store ")
                .doesNotContain(PostgresServer.PASSWORD);

        Files.writeString(project.resolve(".env"), "STATE_PASSWORD=windmill\n");
        var refused = leat("doctor", "-o", "json");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.data()).contains("E403: the database server refuses this user");
    }

    @Test
    void saysWhichSecretIsNotSet() throws IOException {
        Files.delete(project.resolve(".env"));

        var run = leat("run");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.messages()).contains("E105").contains("the secret STATE_PASSWORD is not set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state.db", "{ connection: shared }"})
    @Timeout(300)
    void isSharedByRunsAndWorkersThatLoadAtTheSameTime(String place) throws Exception {
        keepStateIn(place);
        var rows = new StringBuilder("at,metres\n");
        for (int day = 0; day < 60; day++) {
            rows.append(LocalDate.of(2024, 1, 1).plusDays(day)).append("T10:00:00Z,1\n");
        }
        var sample = new SampleProject(project)
                .file("data/trips.csv", rows.toString())
                .file("pipelines/trips.yaml", """
                        pipeline: trips
                        source: { files: data/trips.csv }
                        window: { column: at, every: 1d, start: 2024-01-01, end: 2024-03-01 }
                        columns: { at: { type: timestamp }, metres: { type: integer } }
                        target: { table: bronze.trips }
                        """);
        Path nowhere = Path.of("/dev/null");
        var runs = new ArrayList<Process>();
        var workers = new ArrayList<Process>();
        try {
            for (int i = 0; i < 2; i++) {
                Path messages = project.resolve("messages-" + i);
                workers.add(ProgramProcess.start(sample, nowhere, messages, "worker", "--slots", "4", "--poll", "1s"));
                runs.add(ProgramProcess.start(sample, nowhere, project.resolve("run-" + i), "run"));
            }
            for (int i = 0; i < 2; i++) {
                assertThat(runs.get(i).waitFor())
                        .as(Files.readString(project.resolve("run-" + i)))
                        .isZero();
            }
            for (int i = 0; i < 2; i++) {
                ProgramProcess.awaitLine(project.resolve("messages-" + i), "working: 4 slots", workers.get(i));
                workers.get(i).destroy();
                assertThat(workers.get(i).waitFor()).isEqualTo(143);
            }
        } finally {
            runs.forEach(Process::destroyForcibly);
            workers.forEach(Process::destroyForcibly);
        }

        assertThat(leat("run").exitCode()).as("what was left").isZero();
        assertThat(sample.json("windows", "trips")).hasSize(60).allSatisfy(window -> {
            assertThat(window.path("pipeline_status").asString()).isEqualTo("COMPLETED");
            assertThat(window.path("generation").asInt()).isEqualTo(1);
            assertThat(window.path("retry_attempt").asInt()).isZero();
        });
        assertThat(leat("query", "SELECT count(*) AS n, sum(metres) AS metres FROM bronze.trips", "-o", "csv")
                        .data())
                .isEqualToIgnoringNewLines("n,metres60,60");
        assertThat(leat("run").messages()).contains("nothing to do");
    }

    private String storeId() {
        var id = Pattern.compile("\"store_id\":\"([0-9a-f]{32})\"")
                .matcher(leat("state", "info", "-o", "json").data());
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    /** Lets the project's state be here from now on. */
    private void keepStateIn(String place) throws IOException {
        Path settings = project.resolve("leat.yaml");
        Files.writeString(settings, Files.readString(settings).replaceFirst("(?m)^state:.*$", "state: " + place));
    }

    @Test
    void movesFromAFileToAServerAndBackWithoutAnythingBecomingDueAgain() throws IOException {
        keepStateIn("first.db");
        assertThat(leat("run").messages()).contains("1 slice loaded");
        String identity = storeId();
        assertThat(leat("state", "export", "one.jsonl").exitCode())
                .as("without --yes")
                .isEqualTo(2);
        assertThat(leat("state", "export", "one.jsonl", "--dry-run").messages()).contains("nothing was changed");

        var exported = leat("state", "export", "one.jsonl", "--yes", "-o", "json");
        assertThat(exported.exitCode()).as(exported.messages()).isZero();
        assertThat(exported.data()).contains("\"table\":\"pipeline_records\"");
        assertThat(leat("run").messages()).contains("E208");
        assertThat(leat("state", "info").data()).contains("moved");

        keepStateIn("{ connection: shared }");
        var imported = leat("state", "import", "one.jsonl");
        assertThat(imported.exitCode()).as(imported.messages()).isZero();
        assertThat(imported.messages()).contains("is the store").contains("schema leat");
        assertThat(leat("run").messages()).as("on the server").contains("nothing to do");
        assertThat(leat("state", "export", "two.jsonl", "--yes").exitCode()).isZero();

        keepStateIn("second.db");
        assertThat(leat("state", "import", "two.jsonl").exitCode()).isZero();
        assertThat(leat("run").messages()).as("in a file again").contains("nothing to do");
        assertThat(storeId()).isEqualTo(identity);
        assertThat(leat("query", "SELECT sum(amount) AS total FROM bronze.sales", "-o", "csv")
                        .data())
                .isEqualToIgnoringNewLines("total7");
    }

    @Test
    void isLookedAfter() {
        var made = leat("state", "migrate");
        assertThat(made.exitCode()).isZero();
        assertThat(made.messages()).contains("made the store");
        assertThat(leat("state", "migrate").messages()).contains("nothing to do");

        var purge = leat("state", "purge", "--older-than", "90d", "--dry-run", "-o", "csv");
        assertThat(purge.data()).startsWith("what,rows").contains("records,0");
        assertThat(leat("state", "purge", "--older-than", "90d").messages()).contains("0 rows deleted");
        assertThat(leat("state", "purge", "--older-than", "often").exitCode()).isEqualTo(2);
        assertThat(leat("state", "purge").exitCode()).isEqualTo(2);
        assertThat(leat("state", "info", "-o", "json").data())
                .contains("\"kind\":\"PostgreSQL ")
                .contains("\"pipeline_records\":0")
                .doesNotContain(PostgresServer.PASSWORD);
    }
}
