package io.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
