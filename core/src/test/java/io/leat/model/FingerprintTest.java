package io.leat.model;

import static io.leat.model.Reading.table;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {

    private static final String QUERY =
            "SELECT g.country, sum(g.value) AS total FROM bronze.gdp AS g WHERE g.year > 2000 GROUP BY ALL";

    private static Fingerprint of(String query) {
        return Reading.model("MODEL (name gold.m, kind INCREMENTAL_BY_TIME_RANGE (time_column d));\n" + query)
                .fingerprint();
    }

    private static Fingerprint header(String keys) {
        return Reading.model("MODEL (name gold.m, " + keys + "); SELECT DATE '2024-01-01' AS d, 1 AS v")
                .fingerprint();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select g.country,sum(g.value) as total\nfrom bronze.gdp as g\nwhere g.year>2000 group by all",
                "SELECT g.country, sum(g.value) AS total FROM bronze.gdp AS g WHERE g.year > 2000 GROUP BY ALL; -- the end",
                "SELECT g.country, SUM(g.value) total /* all */ FROM bronze.gdp g WHERE (g.year > 2000) GROUP BY ALL",
                "SELECT G.Country, Sum(G.VALUE) AS total FROM Bronze.\"GDP\" AS G WHERE G.Year > 2000 GROUP BY ALL",
                "SELECT \"g\".\"country\", sum(\"g\".value) AS \"total\" FROM \"bronze\".\"gdp\" AS \"g\" WHERE g.year > 2000 GROUP BY ALL",
                "FROM bronze.gdp AS g SELECT g.country, sum(g.value) AS total WHERE g.year > 2000 GROUP BY ALL",
            })
    void isTheSameForTheSameMeaning(String query) {
        assertThat(of(query)).isEqualTo(of(QUERY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT g.country, sum(g.value) AS total FROM bronze.gdp AS g WHERE g.year >= 2000 GROUP BY ALL",
                "SELECT g.country, sum(g.value) AS total FROM bronze.gdp AS g WHERE g.year > 2001 GROUP BY ALL",
                "SELECT g.country, avg(g.value) AS total FROM bronze.gdp AS g WHERE g.year > 2000 GROUP BY ALL",
                "SELECT g.country, sum(DISTINCT g.value) AS total FROM bronze.gdp AS g WHERE g.year > 2000 GROUP BY ALL",
                "SELECT g.country, sum(g.value) AS sum FROM bronze.gdp AS g WHERE g.year > 2000 GROUP BY ALL",
                "SELECT sum(g.value) AS total, g.country FROM bronze.gdp AS g WHERE g.year > 2000 GROUP BY ALL",
                "SELECT g.country, sum(g.value) AS total FROM silver.gdp AS g WHERE g.year > 2000 GROUP BY ALL",
                "SELECT g.country, sum(g.value) AS total FROM bronze.gdp AS g WHERE g.year > '2000' GROUP BY ALL",
                "SELECT g.country, sum(g.value) AS total FROM bronze.gdp AS g WHERE g.year > 2000 GROUP BY ALL LIMIT 5",
                "SELECT DISTINCT g.country, sum(g.value) AS total FROM bronze.gdp AS g WHERE g.year > 2000 GROUP BY ALL",
                "SELECT g.country, sum(g.value) AS total FROM bronze.gdp AS g WHERE g.year > @start_hour GROUP BY ALL",
                "SELECT g.country, sum(g.value) AS total FROM bronze.gdp AS g WHERE g.year > @end_hour GROUP BY ALL",
            })
    void isAnotherForAnotherMeaning(String query) {
        assertThat(of(query)).isNotEqualTo(of(QUERY));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 'a' AS x | SELECT 'A' AS x",
                "SELECT {'a': 1} AS x | SELECT {'A': 1} AS x",
                "SELECT @start_ds AS x | SELECT @end_ds AS x",
                "SELECT @start_ds AS x | SELECT '2001-02-03' AS x",
                "SELECT @start_date AS x | SELECT CAST('2001-02-03' AS DATE) AS x",
                "SELECT @start_ds AS x, '2001-02-03' AS y | SELECT '2001-02-03' AS x, @start_ds AS y",
                "SELECT @start_hour + 1 AS x | SELECT @start_hour + 2 AS x",
                "SELECT a AND b OR c AS x FROM s.t | SELECT a AND (b OR c) AS x FROM s.t",
                "SELECT a - b - c AS x FROM s.t | SELECT a - (b - c) AS x FROM s.t",
                "SELECT * FROM s.t | SELECT t.* FROM s.t",
                "SELECT x FROM s.t UNION SELECT x FROM s.u | SELECT x FROM s.t UNION ALL SELECT x FROM s.u",
                "SELECT x FROM s.t LEFT JOIN s.u USING (y) | SELECT x FROM s.t JOIN s.u USING (y)",
                "SELECT first(x ORDER BY y) AS f FROM s.t | SELECT first(x ORDER BY y DESC) AS f FROM s.t",
                "SELECT CAST(x AS DECIMAL(10, 2)) AS d FROM s.t | SELECT CAST(x AS DECIMAL(10, 3)) AS d FROM s.t",
                "WITH c AS (SELECT 1 AS x) SELECT x FROM c | WITH c AS (SELECT 2 AS x) SELECT x FROM c",
            })
    void tellsNearQueriesApart(String one, String other) {
        assertThat(of(one)).isNotEqualTo(of(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind FULL | kind FULL, owner jane, description 'x', tags (a), grain d, column_descriptions (d = 'day')",
                "kind FULL | kind FULL, audits (not_null(columns := (d)))",
                "kind FULL | kind FULL, cron '@hourly', start '2024-01-01'",
                "kind FULL | kind FULL, partitioned_by d, dialect duckdb, depends_on (a.b)",
                "kind INCREMENTAL_BY_TIME_RANGE (time_column d) | kind INCREMENTAL_BY_TIME_RANGE (time_column D, lookback 3, batch_size 2), start '2024-01-01'",
            })
    void leavesOutWhatChangesNoRow(String one, String other) {
        assertThat(header(one)).isEqualTo(header(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind FULL | kind VIEW",
                "kind FULL | kind INCREMENTAL_BY_TIME_RANGE (time_column d)",
                "kind FULL | kind FULL, stamp 'v2'",
                "kind FULL | kind FULL, columns (d DATE, v INT)",
                "kind INCREMENTAL_BY_TIME_RANGE (time_column d) | kind INCREMENTAL_BY_TIME_RANGE (time_column v)",
                "kind INCREMENTAL_BY_TIME_RANGE (time_column d) | kind INCREMENTAL_BY_TIME_RANGE (time_column d), cron '@hourly'",
                "kind INCREMENTAL_BY_TIME_RANGE (time_column d) | kind INCREMENTAL_BY_TIME_RANGE (time_column (d, '%Y'))",
            })
    void takesInWhatChangesTheRows(String one, String other) {
        assertThat(header(one)).isNotEqualTo(header(other));
    }

    @Test
    void followsTheValuesOfVariables() {
        var text = Map.of("models/m.sql", "MODEL (name gold.m, kind FULL); SELECT @rate AS rate");
        var one = Reading.of(text, Variables.of(Map.of("rate", 1))).only();
        var same =
                Reading.of(text, Variables.of(Map.of("rate", 1, "unused", 2))).only();
        var other = Reading.of(text, Variables.of(Map.of("rate", 2))).only();
        assertThat(one.fingerprint()).isEqualTo(same.fingerprint()).isNotEqualTo(other.fingerprint());
    }

    @Test
    void ofASnapshotFollowsTheTablesItReads() {
        var model = of(QUERY);
        var upstream = new HashMap<>(Map.of(table("bronze.gdp"), "1", table("bronze.b"), "2"));
        var one = model.over(upstream);
        assertThat(model.over(Map.of(table("bronze.b"), "2", table("bronze.gdp"), "1")))
                .isEqualTo(one);
        upstream.put(table("bronze.b"), "3");
        assertThat(model.over(upstream)).isNotEqualTo(one);
        assertThat(one).isNotEqualTo(model);
    }
}
