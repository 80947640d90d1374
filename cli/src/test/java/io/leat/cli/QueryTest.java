package io.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.schema.RejectCode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QueryTest {
    @TempDir
    Path folder;

    @BeforeEach
    void makesAProject() {
        assertThat(CommandRun.in(folder, "init").exitCode()).isZero();
    }

    @Test
    void writesSecondsOfTimesEvenWhereTheyAreZero() {
        var run = CommandRun.in(
                folder, "query", "-o", "csv", "SELECT TIMESTAMP '2024-05-02 17:20:00' AS at, TIME '17:20:00' AS clock");
        assertThat(run.data().lines()).containsExactly("at,clock", "2024-05-02T17:20:00,17:20:00");
    }

    @Test
    void writesStructsWithTheNamesOfTheirFields() {
        var run = CommandRun.in(
                folder,
                "query",
                "-o",
                "ndjson",
                "SELECT {'zip': '1', 'city': 'Rome', 'at': {'x': 1, 'a': NULL}} AS place");
        assertThat(run.data()).isEqualTo("""
                {"place":{"zip":"1","city":"Rome","at":{"x":1,"a":null}}}
                """);
    }

    @ParameterizedTest
    @EnumSource
    void helpAndPageNameEveryCodeOfRejects(RejectCode code) throws IOException {
        assertThat(CommandRun.in(folder, "rejects", "--help").data()).contains(code.name());
        assertThat(Path.of("../docs/explanation/rejects.md")).content().contains("`" + code + "`");
    }

    @Test
    void saysThatNoRowWasRejected() {
        var run = CommandRun.in(folder, "rejects");
        assertThat(run.exitCode()).isZero();
        assertThat(run.messages()).isEqualTo("no rejects in what readers see now\n");
        assertThat(CommandRun.in(folder, "rejects", "--count").messages())
                .isEqualTo("no rejects in what readers see now\n");
    }
}
