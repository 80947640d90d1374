package io.leat.model;

import static io.leat.model.Reading.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.leat.lake.DuckDb;
import io.leat.time.Window;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditTest {

    private static final DuckDb DUCKDB =
            DuckDb.open(new DuckDb.Limits(512L << 20, 1, Path.of(System.getProperty("java.io.tmpdir")), 0));

    private static final String ROWS =
            "SELECT * FROM (VALUES (1, 'a', 10.0), (2, 'b', 20.0), (2, 'c', NULL), (NULL, '', 40.0)) AS rows(id, code, v)";

    @AfterAll
    static void close() {
        DUCKDB.close();
    }

    private static Audit audit(String call) {
        return Reading.model(
                        "MODEL (name gold.m, kind FULL, audits (" + call + ")); SELECT 1 AS id, 'a' AS code, 1.5 AS v")
                .audits()
                .getFirst();
    }

    private static int findings(Audit audit) {
        return DUCKDB.query(audit.sql(ROWS, Bindings.NONE, Map.of()), row -> row.getString(1))
                .size();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not_null(columns := (id))| 1",
                "not_null(columns := [id, v])| 2",
                "not_null(columns=code)| 0",
                "not_null(columns := (id, v), condition := code <> '')| 1",
                "unique_values(columns := (id, code))| 1",
                "unique_values(columns := (code))| 0",
                "unique_combination_of_columns(columns := (id, code))| 0",
                "unique_combination_of_columns(columns := (id))| 1",
                "accepted_values(column := code, is_in := ('a', 'b', 'c'))| 1",
                "accepted_values(column := id, is_in := [1, 2])| 0",
                "not_accepted_values(column := code, is_in := ('a'))| 1",
                "number_of_rows(threshold := 4)| 1",
                "number_of_rows(threshold := 3)| 0",
                "accepted_range(column := v, min_v := 10, max_v := 30)| 1",
                "accepted_range(column := v, min_v := 10, max_v := 30, inclusive := false)| 2",
                "accepted_range(column := v, max_v := 50)| 0",
                "accepted_range(column := v, min_v := -1)| 0",
                "forall(criteria := (v > 10, id > 0))| 1",
                "forall(criteria := (length(code) = 1 OR v = 40))| 0",
                "forall(criteria := [code NOT IN ('a', 'b')])| 2",
                "at_least_one(column := v)| 0",
                "not_constant(column := id)| 0",
                "not_null_proportion(column := v, threshold := 0.9)| 1",
                "not_null_proportion(column := v, threshold := 0.5)| 0",
                "not_empty_string(column := code)| 1",
                "string_length_equal(column := code, v := 1)| 1",
                "string_length_between(column := code, min_v := 1, max_v := 2)| 1",
                "match_regex_pattern_list(column := code, patterns := ('^[a-c]$', '^x'))| 1",
                "not_match_regex_pattern_list(column := code, patterns := ('a', 'b'))| 2",
            })
    void findWhatIsWrong(String call, int findings) {
        assertThat(findings(audit(call.strip()))).isEqualTo(findings);
    }

    @Test
    void blockUnlessTheySayOtherwise() {
        assertThat(audit("not_null(columns := (id))").severity()).isEqualTo(Audit.Severity.BLOCKS);
        assertThat(audit("not_null(columns := (id), blocking := false)").severity())
                .isEqualTo(Audit.Severity.WARNS);
        assertThat(audit("not_null_non_blocking(columns := (id))").severity()).isEqualTo(Audit.Severity.WARNS);
        assertThat(audit("not_null_non_blocking(columns := (id))").name()).isEqualTo("not_null");
    }

    @Test
    void ofTheProjectTakeArgumentsAndOtherTables() {
        var reading = Reading.of(
                Map.of(
                        "audits/known.sql",
                        """
                        AUDIT (name known, dialect duckdb, defaults (least = 0));
                        SELECT * FROM @this_model AS t
                        WHERE t.@column > @least AND NOT EXISTS (SELECT 1 FROM silver.ids WHERE ids.id = t.@column)
                        """,
                        "audits/late.sql",
                        "AUDIT (name late, skip true); SELECT 1;",
                        "models/m.sql",
                        "MODEL (name gold.m, kind FULL, audits (Known(column := id), late)); SELECT 1 AS id"),
                Variables.NONE);
        var model = reading.only();
        assertThat(model.audits()).hasSize(1);
        var audit = model.audits().getFirst();
        assertThat(audit.references()).extracting(TableReference::table).containsExactly(table("silver.ids"));
        assertThat(audit.references().getFirst().mark()).hasToString("audits/known.sql:3:56");
        assertThat(model.dependencies()).containsExactly(table("silver.ids"));
        String sql = audit.sql(ROWS, Bindings.NONE, Map.of(table("silver.ids"), "SELECT 1 AS id"));
        assertThat(DUCKDB.query(sql, row -> row.getInt(1))).containsExactly(2, 2);
    }

    @Test
    void mayReadTheirOwnModelAndTheWindow() {
        var reading = Reading.of("""
                MODEL (name gold.m, kind INCREMENTAL_BY_TIME_RANGE (time_column d), audits (once));
                SELECT DATE '2024-01-01' AS d;
                AUDIT (name once);
                SELECT * FROM gold.m WHERE d BETWEEN @start_date AND @end_date
                """);
        var model = reading.only();
        assertThat(model.dependencies()).isEmpty();
        var window = new Window(Instant.parse("2024-01-01T00:00:00Z"), Instant.parse("2024-01-02T00:00:00Z"));
        String sql = model.audits()
                .getFirst()
                .sql(ROWS, Bindings.of(window), Map.of(table("gold.m"), "SELECT DATE '2024-01-01' AS d"));
        assertThat(DUCKDB.query(sql, row -> row.getString(1))).containsExactly("2024-01-01");
    }
}
