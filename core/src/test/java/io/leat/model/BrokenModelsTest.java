package io.leat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each broken file has one problem, with its code and place; what helps stands in the hint or the expectation. */
class BrokenModelsTest {

    private static final String GOOD = "MODEL (name gold.m, kind FULL);\n";

    static Stream<Arguments> files() {
        return Stream.of(
                // the blocks
                broken("", "E112 1:1", "MODEL ("),
                broken("SELECT 1 AS one", "E112 1:1", "MODEL ("),
                broken("-- nothing\n/* here */", "E112 1:1", "MODEL ("),
                broken("MODLE (name gold.m);\nSELECT 1 AS one", "E112 1:1", "did you mean 'MODEL'?"),
                broken("MODEL name gold.m;\nSELECT 1 AS one", "E112 1:6", "MODEL ("),
                broken("MODEL (name gold.m, kind FULL;\nSELECT 1 AS one", "E112 1:7", ");"),
                broken("MODEL (name gold.m, kind FULL)\nSELECT 1 AS one", "E112 1:31", ";"),
                broken("MODEL (name gold.m, kind FULL);", "E112 1:31", "SELECT"),
                broken(GOOD + "SELECT 1 AS one;\nSELECT 2 AS two", "E114 3:1", "UNION ALL"),
                broken(GOOD + "CREATE TABLE x (a INT);\nSELECT 2 AS two", "E114 2:1", "not run"),
                broken(GOOD + "SELECT 2 AS two;\nDROP TABLE gold.m", "E114 3:1", "not run"),
                broken(
                        "MODEL (name gold.m, kind FULL);\nJINJA_QUERY_BEGIN;\nSELECT {{ x }};\nJINJA_END;",
                        "E114 2:1",
                        "SQL"),
                broken(GOOD + "SELECT {{ x }} AS x", "E114 2:8", "SQL"),
                broken(GOOD + "@DEF(x, 1);\nSELECT @x AS x", "E114 2:1", "SQL"),
                broken("METRIC (name m);\nSELECT 1 AS one", "E114 1:1", "MODEL"),
                // the header
                broken("MODEL (kind FULL);\nSELECT 1 AS one", "E103 1:1", "name schema.table"),
                broken("MODEL (name m, kind FULL);\nSELECT 1 AS one", "E104 1:13", "gold.sales"),
                broken("MODEL (name lake.gold.m, kind FULL);\nSELECT 1 AS one", "E114 1:13", "gold.m"),
                broken("MODEL (name gold.\"m x\", kind FULL);\nSELECT 1 AS one", "E104 1:13", ""),
                broken("MODEL (name gold.m kind FULL);\nSELECT 1 AS one", "E112 1:20", "','"),
                broken("MODEL (name gold.m, knid FULL);\nSELECT 1 AS one", "E102 1:21", "did you mean 'kind'?"),
                broken("MODEL (name gold.m, kind FULL, kind VIEW);\nSELECT 1 AS one", "E107 1:32", ""),
                broken("MODEL (name gold.m, 'kind' FULL);\nSELECT 1 AS one", "E112 1:21", "key value"),
                broken("MODEL (name gold.m, kind);\nSELECT 1 AS one", "E104 1:25", "FULL, VIEW"),
                broken("MODEL (name gold.m, kind FUL);\nSELECT 1 AS one", "E104 1:26", "did you mean 'FULL'?"),
                broken(
                        "MODEL (name gold.m, kind INCREMENTAL_BY_TIMERANGE);\nSELECT 1 AS one",
                        "E104 1:26",
                        "'INCREMENTAL_BY_TIME_RANGE'?"),
                broken("MODEL (name gold.m, kind SEED (path 'x.csv'));\nSELECT 1 AS one", "E114 1:26", "FULL, VIEW"),
                broken(
                        "MODEL (name gold.m, kind INCREMENTAL_BY_UNIQUE_KEY (unique_key id));\nSELECT 1 AS id",
                        "E114 1:26",
                        "FULL"),
                broken("MODEL (name gold.m, kind SCD_TYPE_2 (unique_key id));\nSELECT 1 AS id", "E114 1:26", "FULL"),
                broken("MODEL (name gold.m, kind EMBEDDED);\nSELECT 1 AS one", "E114 1:26", "FULL"),
                broken("MODEL (name gold.m, kind EXTERNAL);\nSELECT 1 AS one", "E114 1:26", "FULL"),
                broken(
                        "MODEL (name gold.m, kind INCREMENTAL_BY_TIME_RANGE);\nSELECT 1 AS one",
                        "E103 1:26",
                        "time_column"),
                broken(
                        "MODEL (name gold.m, kind INCREMENTAL_BY_TIME_RANGE (time_colum d));\nSELECT 1 AS d",
                        "2 problems",
                        ""),
                broken(
                        "MODEL (name gold.m, kind INCREMENTAL_BY_TIME_RANGE (time_column (d, 'yyyy')));\nSELECT 1 AS d",
                        "E104 1:69",
                        "%Y"),
                broken(
                        "MODEL (name gold.m, kind INCREMENTAL_BY_TIME_RANGE (time_column d, lookback many));\nSELECT 1 AS d",
                        "E104 1:77",
                        "whole number"),
                broken(
                        "MODEL (name gold.m, kind INCREMENTAL_BY_TIME_RANGE (time_column d, batch_size 0));\nSELECT 1 AS d",
                        "E104 1:79",
                        "at least 1"),
                broken("MODEL (name gold.m, kind VIEW (materialized true));\nSELECT 1 AS one", "E114 1:45", "FULL"),
                broken("MODEL (name gold.m, kind FULL, cron 'every day');\nSELECT 1 AS one", "E104 1:37", ""),
                broken("MODEL (name gold.m, kind FULL, interval_unit week);\nSELECT 1 AS one", "E104 1:46", "day"),
                broken(
                        "MODEL (name gold.m, kind FULL, start '1 year ago');\nSELECT 1 AS one",
                        "E104 1:38",
                        "2024-01-31"),
                broken(
                        "MODEL (name gold.m, kind FULL, start '2024-02-31');\nSELECT 1 AS one",
                        "E104 1:38",
                        "2024-01-31"),
                broken("MODEL (name gold.m, kind FULL, dialect snowflake);\nSELECT 1 AS one", "E114 1:40", "duckdb"),
                broken("MODEL (name gold.m, kind FULL, session_properties (a = 1));\nSELECT 1 AS one", "E114 1:32", ""),
                broken("MODEL (name gold.m, kind FULL, columns (a, b INT));\nSELECT 1 AS a", "E104 1:41", "name TYPE"),
                broken(
                        "MODEL (name gold.m, kind FULL, column_descriptions (a 'x'));\nSELECT 1 AS a",
                        "E104 1:53",
                        "'text'"),
                broken("MODEL (name gold.m, kind FULL, enabled perhaps);\nSELECT 1 AS a", "E104 1:40", "true or false"),
                // audits
                broken(
                        "MODEL (name gold.m, kind FULL, audits (not_nul(columns := (a))));\nSELECT 1 AS a",
                        "E106 1:40",
                        "'not_null'?"),
                broken(
                        "MODEL (name gold.m, kind FULL, audits (not_null));\nSELECT 1 AS a",
                        "E103 1:40",
                        "columns := (…)"),
                broken(
                        "MODEL (name gold.m, kind FULL, audits (not_null(column := a)));\nSELECT 1 AS a",
                        "2 problems",
                        ""),
                broken("MODEL (name gold.m, kind FULL, audits (not_null(a)));\nSELECT 1 AS a", "E104 1:49", ":="),
                broken(
                        "MODEL (name gold.m, kind FULL, audits (z_score(column := a)));\nSELECT 1 AS a",
                        "E114 1:40",
                        "audits/"),
                broken(
                        "MODEL (name gold.m, kind FULL, audits (forall(criteria := (a >))));\nSELECT 1 AS a",
                        "E112 1:40",
                        ""),
                broken(
                        "AUDIT (name mine);\nSELECT * FROM @this_model WHERE @x;\nMODEL (name gold.m, kind FULL, audits (mine));\nSELECT 1 AS a",
                        "E106 2:33",
                        "variables"),
                broken(
                        "AUDIT (name mine);\nSELECT * FROM @this_model;\nMODEL (name gold.m, kind FULL, audits (mine(x := 1)));\nSELECT 1 AS a",
                        "E102 3:45",
                        ""),
                broken("AUDIT (name mine, standalone true);\nSELECT * FROM a.b", "E114 1:19", ""),
                broken("AUDIT (dialect duckdb);\nSELECT * FROM @this_model", "E103 1:1", "name"),
                // the text
                broken(GOOD + "SELECT 'a AS a", "E112 2:8", "'"),
                broken(GOOD + "SELECT 1 AS \"a", "E112 2:13", "\""),
                broken(GOOD + "SELECT $t$ a $$ AS a", "E112 2:8", "$t$"),
                broken(GOOD + "SELECT 1 /* AS a /* */", "E112 2:10", "*/"),
                broken(GOOD + "SELECT 1 AS a FORM b.c", "E112 2:15", ""),
                broken(GOOD + "SELECT 'é', a\nFROM b.c\nWHERE 'ü' = = 1", "E112 4:13", ""),
                broken(GOOD + "SELECT (1 AS a", "E112 2:11", ""),
                broken(GOOD + "PIVOT a.b ON c USING sum(d)", "E112 2:1", "IN ('a', 'b')"),
                // what a model may not do
                broken(GOOD + "SELECT * FROM b", "E106 2:15", "bronze.b"),
                broken(GOOD + "WITH sales AS (SELECT 1 AS a) SELECT * FROM sale", "E106 2:45", "did you mean 'sales'?"),
                broken(GOOD + "SELECT * FROM a.b.c", "E114 2:15", "b.c"),
                broken(GOOD + "SELECT * FROM \"A b\".c", "E106 2:15", ""),
                broken(GOOD + "SELECT * FROM 'data/x.csv'", "E114 2:15", "leat add"),
                broken(GOOD + "SELECT * FROM read_csv('data/x.csv')", "E114 2:15", "leat add"),
                broken(GOOD + "SELECT * FROM a.b, read_parquet('x')", "E114 2:20", "leat add"),
                broken(GOOD + "SELECT * FROM query('SELECT 1')", "E114 2:15", "tables"),
                broken(GOOD + "SELECT * FROM duckdb_settings()", "E114 2:15", "tables"),
                broken(GOOD + "SELECT now() AS a", "E115 2:8", "@execution_ts"),
                broken(GOOD + "SELECT current_date AS a", "E115 2:8", "@execution_ts"),
                broken(GOOD + "SELECT age(d) AS a FROM b.c", "E115 2:8", "@execution_ts"),
                broken(GOOD + "SELECT a FROM b.c WHERE random() < 0.1", "E115 2:25", "md5"),
                broken(GOOD + "SELECT uuid() AS id FROM b.c", "E115 2:8", "md5"),
                broken(GOOD + "SELECT * FROM b.c TABLESAMPLE 10%", "E115 2:15", "hash"),
                broken(GOOD + "SELECT * FROM b.c USING SAMPLE 10", "E115 2:1", "hash"),
                broken(GOOD + "SELECT * FROM b.c WHERE id = ?", "E114 2:30", "variable"),
                broken(GOOD + "SELECT * FROM b.c AT (VERSION => 1)", "E114 2:15", "snapshot"),
                broken(GOOD + "SELECT * FROM (SUMMARIZE b.c)", "2 problems", ""),
                broken(GOOD + "TABLE b.c", "E114 2:1", "SELECT … FROM b.c"),
                broken(GOOD + "SELECT * FROM b.c JOIN d.c USING (id)", "E114 2:24", "alias"),
                broken(GOOD + "SELECT @nothing AS a", "E106 2:8", "leat.yaml"),
                broken(GOOD + "SELECT @start_dss AS a", "E106 2:8", "did you mean 'start_ds'?"),
                broken(GOOD + "SELECT @VAR('nothing') AS a", "E106 2:13", "leat.yaml"),
                broken(GOOD + "SELECT @VAR(nothing) AS a", "E112 2:8", "@VAR('name')"),
                broken(GOOD + "SELECT @EACH([1, 2], x -> x) FROM b.c", "E114 2:8", "SQL"),
                broken(GOOD + "SELECT @STAR(b.c) FROM b.c", "E114 2:8", "SQL"),
                broken(GOOD + "SELECT * FROM @this_model", "E114 2:15", "audits"),
                broken(GOOD + "SELECT * FROM b.c WHERE d = @start_ds", "E114 2:29", "INCREMENTAL"),
                broken(
                        "AUDIT (name mine);\nSELECT * FROM @this_model WHERE d = @end_ds;\nMODEL (name gold.m, kind FULL, audits (mine));\nSELECT 1 AS a",
                        "E114 3:40",
                        ""),
                broken(
                        "MODEL (name gold.m, kind VIEW);\nSELECT * FROM b.c WHERE d = @execution_ds",
                        "E114 2:29",
                        "INCREMENTAL"));
    }

    private static Arguments broken(String text, String problem, String help) {
        return Arguments.of(text, problem, help);
    }

    @ParameterizedTest
    @MethodSource("files")
    void haveOneProblemAtItsPlace(String text, String problem, String help) {
        var reading = Reading.of(text);
        assertThat(reading.models()).isEmpty();
        if (problem.endsWith("problems")) {
            assertThat(reading.found()).hasSize(Integer.parseInt(problem.substring(0, 1)));
            return;
        }
        assertThat(reading.found()).hasSize(1);
        var only = reading.problems().sorted().getFirst();
        assertThat(only.code() + " " + only.mark().line() + ":" + only.mark().column())
                .isEqualTo(problem);
        assertThat(only.mark().source().name()).isEqualTo("models/m.sql");
        assertThat(only.expected() + "\n" + only.hint()).contains(help);
        assertThat(only.render()).doesNotContain("Exception");
    }
}
