package io.leat.model;

import static io.leat.model.Reading.model;
import static io.leat.model.Reading.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.leat.time.Granularity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTest {

    @Test
    void readsAllThatAnIncrementalModelCanSay() {
        var model = model("""
                /* Revenue by day -- with (brackets; and semicolons) */
                MODEL (
                  name "Gold".waiter_revenue_by_day, -- the table
                  kind INCREMENTAL_BY_TIME_RANGE (
                    time_column (event_date, '%Y-%m-%d'),
                    batch_size 30,
                    lookback 2,
                    forward_only true,
                    disable_restatement true,
                    batch_concurrency 1,
                    on_destructive_change allow
                  ),
                  owner data@example.org,
                  cron '0 */6 * * *',
                  start '2023-01-15 06:00:00',
                  dialect duckdb,
                  description 'What each waiter''s tables brought in; a comma, a (bracket',
                  tags [finance, 'by day'],
                  grain (waiter_id, event_date),
                  stamp 'v2',
                  references (waiter_id AS staff),
                  partitioned_by event_date,
                  physical_properties (a = 'b'),
                  column_descriptions (waiter_id = 'who', REVENUE = 'euros'),
                  audits (
                    not_null(columns := (waiter_id, event_date)),
                    NUMBER_OF_ROWS(threshold := 0),
                  ),
                );

                SELECT waiter_id, event_date, sum(amount) AS revenue
                FROM silver.orders
                WHERE event_date BETWEEN @start_ds AND @end_ds
                GROUP BY waiter_id, event_date;
                """);
        assertThat(model.name()).isEqualTo(table("gold.waiter_revenue_by_day"));
        assertThat(model.mark()).hasToString("models/m.sql:3:8");
        var kind = (ModelKind.Incremental) model.kind();
        assertThat(kind.time().name()).isEqualTo("event_date");
        assertThat(kind.time().format()).isEqualTo("%Y-%m-%d");
        assertThat(kind.lookback()).isEqualTo(2);
        assertThat(kind.batchSize()).isEqualTo(OptionalInt.of(30));
        assertThat(kind.forwardOnly()).isTrue();
        assertThat(kind.restatable()).isFalse();
        assertThat(model.every()).isEqualTo(Granularity.parse("1h"));
        assertThat(model.start()).contains(Instant.parse("2023-01-15T06:00:00Z"));
        assertThat(model.about().owner()).contains("data@example.org");
        assertThat(model.about().description()).contains("What each waiter's tables brought in; a comma, a (bracket");
        assertThat(model.about().tags()).containsExactly("finance", "by day");
        assertThat(model.about().grains()).containsExactly(List.of("waiter_id", "event_date"));
        assertThat(model.about().columns()).isEqualTo(Map.of("waiter_id", "who", "revenue", "euros"));
        assertThat(model.ignored())
                .containsExactlyInAnyOrder(
                        "references",
                        "partitioned_by",
                        "physical_properties",
                        "batch_concurrency",
                        "on_destructive_change");
        assertThat(model.audits()).extracting(Audit::name).containsExactly("not_null", "number_of_rows");
        assertThat(model.audits().getFirst().label()).isEqualTo("not_null(columns := (waiter_id, event_date))");
        assertThat(model.usesWindow()).isTrue();
        assertThat(model.usesExecutionTime()).isFalse();
    }

    @Test
    void hasDefaultsAsInSqlMesh() {
        var model = model("model (name gold.m); select 1 as one");
        assertThat(model.kind()).isEqualTo(new ModelKind.View());
        assertThat(model.cron().text()).isEqualTo("@daily");
        assertThat(model.every()).isEqualTo(Granularity.parse("1d"));
        assertThat(model.start()).isEmpty();
        assertThat(model.about().description()).isEmpty();
        assertThat(model.audits()).isEmpty();
        assertThat(model.ignored()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cron '@hourly' | 1h",
                "cron '@daily' | 1d",
                "cron @daily | 1d",
                "cron '@weekly' | 1d",
                "cron '@monthly' | 1mo",
                "cron '@yearly' | 1y",
                "cron '*/5 * * * *' | 5m",
                "cron '0 0 * * 1' | 1d",
                "interval_unit hour | 1h",
                "interval_unit 'quarter_hour' | 15m",
                "cron '@monthly', interval_unit day | 1d",
            })
    void takesTheLengthOfWindowsFromCronOrUnit(String keys, String every) {
        assertThat(model("MODEL (name gold.m, kind FULL, " + keys + "); SELECT 1 AS one")
                        .every())
                .isEqualTo(Granularity.parse(every));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-03-01",
                "'2024-03-01'",
                "'2024-03-01 00:00:00'",
                "'2024-03-01T00:00:00Z'",
                "'2024-03-01T02:00:00+02:00'",
                "'2024-03-01 01:00:00+0100'",
                "1709251200000"
            })
    void readsTheStartInEveryAbsoluteForm(String start) {
        assertThat(model("MODEL (name gold.m, kind FULL, start " + start + "); SELECT 1 AS one")
                        .start())
                .contains(Instant.parse("2024-03-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a, 'b c')", "[a, 'b c']", "ARRAY[a, 'b c']", "array('a', \"b c\")"})
    void readsListsInEveryForm(String tags) {
        assertThat(model("MODEL (name gold.m, kind FULL, tags " + tags + "); SELECT 1 AS one")
                        .about()
                        .tags())
                .containsExactly("a", "b c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grain id | [[id]]",
                "grain (a, b) | [[a, b]]",
                "grains (a, b) | [[a], [b]]",
                "grains (a, (b, c)) | [[a], [b, c]]"
            })
    void readsGrainsInEveryForm(String keys, String grains) {
        assertThat(model("MODEL (name gold.m, kind FULL, " + keys + "); SELECT 1 AS one")
                        .about()
                        .grains())
                .hasToString(grains);
    }

    @Test
    void leavesOutDisabledModels() {
        var reading = Reading.of("MODEL (name gold.m, enabled false); SELECT 1 AS one");
        assertThat(reading.models()).isEmpty();
        assertThat(reading.found()).isEmpty();
    }

    @Test
    void dependsOnWhatTheHeaderNamesToo() {
        var model = model("MODEL (name gold.m, kind FULL, depends_on (a.x, b.y)); SELECT * FROM c.z");
        assertThat(model.dependencies()).containsExactly(table("a.x"), table("b.y"), table("c.z"));
    }

    @Test
    void readsSeveralModelsAndAuditsOfOneFile() {
        var reading = Reading.of("""
                MODEL (name gold.a, kind FULL, audits (positive(column := v)));
                SELECT 1 AS v;

                AUDIT (name positive, blocking false);
                SELECT * FROM @this_model WHERE @column <= 0;

                MODEL (name gold.b);
                SELECT v FROM gold.a;
                """);
        assertThat(reading.found()).isEmpty();
        assertThat(reading.models()).extracting(Model::name).containsExactly(table("gold.a"), table("gold.b"));
        assertThat(reading.models().getFirst().audits().getFirst().severity()).isEqualTo(Audit.Severity.WARNS);
    }

    @Test
    void findsAuditsBetweenAModelAndItsQuery() {
        var reading = Reading.of("""
                MODEL (name gold.a, kind FULL, audits (positive));
                AUDIT (name positive);
                SELECT * FROM gold.a WHERE v <= 0;
                WITH x AS (SELECT 1 AS v)
                SELECT v FROM x;
                """);
        assertThat(reading.found()).isEmpty();
        assertThat(reading.only().audits()).hasSize(1);
    }

    @Test
    void readsQuotesOfBothKinds() {
        var model = model("""
                model(
                  name gold.m, kind full, cron "@hourly", start "2023-01-01", description "two words",
                  column_descriptions (one = "the 1st"), grains ["one as two", 'three'],
                );
                select 1 as one""");
        assertThat(model.every()).isEqualTo(Granularity.parse("1h"));
        assertThat(model.start()).contains(Instant.parse("2023-01-01T00:00:00Z"));
        assertThat(model.about().columns()).containsEntry("one", "the 1st");
        assertThat(model.about().grains()).hasToString("[[one as two], [three]]");
    }

    @Test
    void survivesAByteOrderMarkAndWindowsLineEnds() {
        var reading = Reading.of(
                "\uFEFFMODEL (\r\n  name gold.m,\r\n  kind FULL\r\n);\r\nSELECT *\r\nFROM a.b\r\nWHERE oops(");
        assertThat(reading.found()).containsExactly("E112 models/m.sql:7:11 syntax error at or near \"(\"");
    }
}
