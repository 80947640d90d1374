package io.leat.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbTest {
    @TempDir
    Path folder;

    private DuckDb duckDb;

    @BeforeEach
    void open() {
        duckDb = DuckDb.open(new DuckDb.Limits(200_000_000, 2, folder.resolve("spill"), 50_000_000));
    }

    @AfterEach
    void close() {
        duckDb.close();
    }

    @Test
    void leavesNoUnpackedLibraryBehindForAKilledProcessToLeak() throws IOException {
        Path maps = Path.of("/proc/self/maps");
        assumeThat(maps).exists();

        try (var lines = Files.lines(maps)) {
            assertThat(lines.filter(line -> line.contains("/libduckdb_java")))
                    .isNotEmpty()
                    .allMatch(line -> line.endsWith("(deleted)"));
        }
    }

    @Test
    void runsInUtcWhateverTheZoneOfTheMachine() {
        assertThat(text("SELECT TIMESTAMPTZ '2020-01-01 00:00:00+00'::VARCHAR")).isEqualTo("2020-01-01 00:00:00+00");
        try (var other = duckDb.duplicate()) {
            assertThat(other.one("SELECT current_setting('TimeZone')", row -> row.getString(1)))
                    .contains("UTC");
        }
    }

    @Test
    void holdsItsLimits() {
        assertThat(text("SELECT current_setting('memory_limit')")).isEqualTo("190.7 MiB");
        assertThat(text("SELECT current_setting('max_temp_directory_size')")).isEqualTo("47.6 MiB");
        assertThat(text("SELECT current_setting('threads')")).isEqualTo("2");
        assertThat(text("SELECT current_setting('temp_directory')"))
                .isEqualTo(folder.resolve("spill").toString());
    }

    @Test
    void bindsInstantsWithTheirMicroseconds() {
        var instant = Instant.parse("2020-03-08T10:00:00.123456Z");
        assertThat(duckDb.one("SELECT epoch_us(?::TIMESTAMPTZ)", row -> row.getLong(1), instant))
                .contains(1_583_661_600_123_456L);
    }

    @Test
    void answersHowManyRowsAStatementCopied() {
        assertThat(duckDb.execute("COPY (SELECT * FROM range(5)) TO '" + folder.resolve("a.parquet") + "'"))
                .isEqualTo(5);
    }

    @Test
    void runsACopyToItsEnd() {
        var file = folder.resolve("b.parquet");
        duckDb.query(
                "COPY (SELECT * FROM range(1_000_000)) TO '" + file + "' (RETURN_STATS)", row -> row.getLong("count"));
        assertThat(duckDb.one("SELECT count(*) FROM '" + file + "'", row -> row.getLong(1)))
                .contains(1_000_000L);
    }

    @Test
    void streamsMoreThanItsMemory() {
        long rows = duckDb.stream("SELECT repeat('x', 1000) FROM range(400_000)", row -> {});
        assertThat(rows).isEqualTo(400_000);
    }

    @Test
    void goesOnAfterAnError() {
        assertThatThrownBy(() -> duckDb.execute("SELECT * FROM nowhere"))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("nowhere");
        assertThat(text("SELECT 'fine'")).isEqualTo("fine");
    }

    @Test
    void keepsTheMessageOfAStreamedQueryThatFailsBeforeItsFirstRow() {
        assertThatThrownBy(() -> duckDb.query(
                        "SELECT CASE WHEN i = ? THEN error('BOOM') ELSE i END FROM range(200_000) r(i) -- why",
                        row -> row.getLong(1),
                        100_000))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("BOOM");
    }

    @Test
    void leavesNoFileWhenARowOfACopyRaisesAnError() {
        var file = folder.resolve("c.parquet");
        assertThatThrownBy(() -> duckDb.execute("COPY (SELECT CASE WHEN i = 90_000 THEN error('LEAT_REJECT') ELSE i END"
                        + " FROM range(100_000) r(i)) TO '" + file + "'"))
                .hasMessageContaining("LEAT_REJECT");
        assertThat(file).doesNotExist();
    }

    @Test
    void saysThatTheSpillAreaIsFull() {
        assertThatThrownBy(() -> duckDb.execute(
                        "SELECT count(*) FROM (SELECT * FROM range(30_000_000) r(i) ORDER BY hash(i), -i) WHERE i > 5"))
                .isInstanceOfSatisfying(PipelineException.class, failure -> {
                    assertThat(failure.code()).as(failure.message()).isEqualTo(ErrorCode.DISK_FULL);
                    assertThat(failure).hasMessageNotContaining("Possible solutions");
                });
    }

    @Test
    void isInterruptedFromAnotherThread() {
        var long1 = CompletableFuture.runAsync(() -> duckDb.execute(
                "SELECT count(*) FROM range(10_000_000) a, range(10_000_000) b WHERE hash(a) = hash(b)"));
        while (!long1.isDone()) {
            duckDb.interrupt();
            Thread.onSpinWait();
        }
        assertThat(long1).isCompletedExceptionally();
        assertThat(text("SELECT 'fine'")).isEqualTo("fine");
    }

    @Test
    void readsOnlyTheAllowedFilesOnceLocked() throws Exception {
        var open = folder.resolve("open.parquet");
        var secret = Files.writeString(folder.resolve("secret.txt"), "secret");
        duckDb.execute("COPY (SELECT 7 AS x) TO '" + open + "'");
        duckDb.lockDown(List.of(open));
        assertThat(duckDb.one("SELECT x FROM '" + open + "'", row -> row.getInt(1)))
                .contains(7);
        for (String sql : List.of(
                "SELECT * FROM read_text('" + secret + "')",
                "SELECT * FROM glob('" + folder + "/*')",
                "COPY (SELECT 8 AS x) TO '" + open + "'",
                "COPY (SELECT 8 AS x) TO '" + folder.resolve("new.parquet") + "'",
                "ATTACH '" + folder.resolve("new.db") + "'",
                "SET GLOBAL enable_external_access = true",
                "SET memory_limit = '10GB'",
                "INSTALL httpfs",
                "LOAD httpfs")) {
            assertThatThrownBy(() -> duckDb.execute(sql)).as(sql).isInstanceOf(PipelineException.class);
        }
    }

    @Test
    void stillSpillsOnceLocked() {
        duckDb.lockDown(List.of());
        assertThat(duckDb.one(
                        "SELECT count(*) FROM (SELECT hash(i) AS h, i FROM range(4_000_000) r(i) ORDER BY h) WHERE i >= 0",
                        row -> row.getLong(1)))
                .contains(4_000_000L);
    }

    @Test
    void takesOnlySingleQueriesFromUsers() {
        for (String sql :
                List.of("SELECT 1", "WITH a AS (SELECT 1) FROM a", "VALUES (1)", "SUMMARIZE SELECT 1", "SHOW TABLES")) {
            duckDb.requireQuery(sql);
        }
        for (String sql : List.of(
                "DROP TABLE a",
                "COPY (SELECT 1) TO 'x'",
                "SELECT 1; SELECT 2",
                "SELECT 1; DROP TABLE a",
                "SET threads = 1",
                "EXPLAIN ANALYZE SELECT 1",
                "CREATE TABLE a AS SELECT 1",
                "INSERT INTO a VALUES (1)",
                "",
                "SELEC 1")) {
            assertThatThrownBy(() -> duckDb.requireQuery(sql)).as(sql).isInstanceOf(PipelineException.class);
        }
    }

    private String text(String sql) {
        return duckDb.one(sql, row -> row.getString(1)).orElseThrow();
    }
}
