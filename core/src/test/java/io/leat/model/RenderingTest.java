package io.leat.model;

import static io.leat.model.Reading.ANALYZER;
import static io.leat.model.Reading.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.config.Problems;
import io.leat.lake.DuckDb;
import io.leat.name.PipelineException;
import io.leat.name.TableName;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.LeatType;
import io.leat.time.Window;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderingTest {

    private static final DuckDb DUCKDB =
            DuckDb.open(new DuckDb.Limits(512L << 20, 1, Path.of(System.getProperty("java.io.tmpdir")), 0));
    private static final Window DAY =
            new Window(Instant.parse("2024-02-29T00:00:00Z"), Instant.parse("2024-03-01T00:00:00Z"));

    @AfterAll
    static void close() {
        DUCKDB.close();
    }

    private static List<String> rows(String sql) {
        return DUCKDB.query(sql, row -> {
            int columns = row.getMetaData().getColumnCount();
            return String.join(
                    " ",
                    IntStream.rangeClosed(1, columns)
                            .mapToObj(i -> text(row, i))
                            .toList());
        });
    }

    private static String text(java.sql.ResultSet row, int column) {
        try {
            return String.valueOf(row.getString(column));
        } catch (java.sql.SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Contract contract(Model model, Map<TableName, String> relations) {
        var upstream = new HashMap<TableName, Contract>();
        relations.forEach((table, relation) -> upstream.put(
                table,
                new Contract(DUCKDB.query(
                        "DESCRIBE " + relation,
                        row -> Column.of(row.getString(1), LeatType.ofDuckDb(row.getString(2)))))));
        var problems = new Problems();
        var contract = ModelGraph.contract(model, upstream, ANALYZER, problems);
        problems.throwIfAny();
        return contract.orElseThrow();
    }

    private static List<String> run(String text, Bindings bindings, Map<TableName, String> relations) {
        var model = Reading.model(text);
        return rows(model.sql(contract(model, relations), bindings, relations) + " ORDER BY ALL");
    }

    private static List<String> query(String sql, Map<TableName, String> relations) {
        return run("MODEL (name gold.m, kind FULL);\n" + sql, Bindings.NONE, relations);
    }

    @Test
    void putsRelationsInPlaceOfTables() {
        var relations = Map.of(
                table("bronze.gdp"), "SELECT 'a' AS country, 10.0 AS value -- a comment",
                table("bronze.population"), "SELECT 'a' AS country, 4 AS value");
        assertThat(query("""
                        SELECT g.country, g.value / population.value AS usd -- per head
                        FROM bronze.gdp AS g
                        JOIN Bronze."POPULATION" USING (country) -- end""", relations)).containsExactly("a 2.5");
    }

    @Test
    void takesTheTextOfAFromItemAsRelationToo() {
        assertThat(query("SELECT gdp.v FROM bronze.gdp", Map.of(table("bronze.gdp"), "FROM (VALUES (7)) AS x(v)")))
                .containsExactly("7");
        var model = Reading.query("SELECT t.range FROM a.t").only();
        var contract = Contract.of(Column.of("range", LeatType.INTEGER));
        assertThat(rows(model.sql(contract, Bindings.NONE, Map.of(table("a.t"), "range(2)"))))
                .containsExactly("0", "1");
        assertThat(rows(model.sql(contract, Bindings.NONE, Map.of(table("a.t"), "(SELECT 5 AS range)"))))
                .containsExactly("5");
    }

    @Test
    void keepsColumnsThatNameTheirSchema() {
        var relations = Map.of(table("bronze.gdp"), "SELECT 3 AS v, {'v': 4} AS gdp");
        assertThat(query("SELECT bronze.gdp.v, gdp.gdp.v AS w, Bronze . gdp . gdp . v AS x FROM bronze.gdp", relations))
                .containsExactly("3 4 4");
    }

    @Test
    void keepsExpressionsApartFromTablesOfTheSameName() {
        var relations = Map.of(table("a.t"), "SELECT 1 AS v", table("b.t"), "SELECT 2 AS v");
        assertThat(query("WITH t AS (SELECT v + 10 AS v FROM a.t) SELECT t.v, u.v AS w FROM t, b.t AS u", relations))
                .containsExactly("11 2");
    }

    @Test
    void handsInnerCommentsAndQuotesThroughUntouched() {
        assertThat(query(
                        "SELECT 'FROM a.t @x' AS a, $$ @y $$ AS b /* @z FROM a.t */ FROM a.t -- @w",
                        Map.of(table("a.t"), "SELECT 1 AS v")))
                .containsExactly("FROM a.t @x  @y ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@start_ds | 2024-02-29",
                "@end_ds | 2024-02-29",
                "@start_date | 2024-02-29",
                "@end_date | 2024-02-29",
                "@start_ts | 2024-02-29 00:00:00",
                "@end_ts | 2024-02-29 23:59:59.999999",
                "@start_tstz | 2024-02-29 00:00:00+00:00",
                "@end_tstz | 2024-02-29 23:59:59.999999+00:00",
                "@START_DS | 2024-02-29",
                "epoch(@start_dt)::BIGINT | 1709164800",
                "epoch_us(@end_dt) | 1709251199999999",
                "epoch_us(@end_dtntz) | 1709251199999999",
                "@start_epoch::BIGINT | 1709164800",
                "epoch_us(to_timestamp(@end_epoch)) | 1709251199999999",
                "@start_millis | 1709164800000",
                "@end_millis | 1709251199999",
                "@start_hour | 0",
                "@end_hour | 23",
                "@execution_ds | 2024-03-02",
                "@execution_ts | 2024-03-02 10:11:12",
                "@execution_hour | 10",
                "DATE @start_ds + 1 | 2024-03-01",
                "x_@{limit} | 4",
                "@limit + 1 | 6",
                "@VAR('limit') | 5",
                "@VAR('other', 1 + 2) | 3",
                "@greeting | it's",
                "@negative | -1",
                "1-@negative | 2",
                "@flag | true",
            })
    void fillsInMacros(String expression, String value) {
        var variables = Variables.of(Map.of("limit", 5, "greeting", "it's", "negative", -1, "flag", true));
        String text = "MODEL (name gold.m, kind INCREMENTAL_BY_TIME_RANGE (time_column d)); SELECT " + expression
                + " AS v FROM (SELECT 4 AS x_5)";
        var model = Reading.of(Map.of("models/m.sql", text), variables).only();
        var bindings = Bindings.of(DAY).executedAt(Instant.parse("2024-03-02T10:11:12Z"));
        String filled = model.filled(bindings, Map.of()).text();
        assertThat(rows("SELECT CAST(v AS VARCHAR) FROM (" + filled + ")")).containsExactly(value);
    }

    @Test
    void fillsInAVariableAsPartOfATablesName() {
        var reading = Reading.of(
                Map.of("models/m.sql", "MODEL (name gold.m, kind FULL); SELECT orders.v FROM @{layer}.orders"),
                Variables.of(Map.of("layer", "silver")));
        var model = reading.only();
        assertThat(model.dependencies()).containsExactly(table("silver.orders"));
        var relations = Map.of(table("silver.orders"), "SELECT 8 AS v");
        assertThat(rows(model.sql(contract(model, relations), Bindings.NONE, relations)))
                .containsExactly("8");
    }

    @Test
    void saysWhatIsMissing() {
        var model = Reading.model(
                "MODEL (name gold.m, kind INCREMENTAL_BY_TIME_RANGE (time_column d)); SELECT @start_ds AS d FROM a.t");
        var contract = Contract.of(Column.of("d", LeatType.STRING));
        assertThatThrownBy(() -> model.sql(contract, Bindings.NONE, Map.of(table("a.t"), "SELECT 1")))
                .isInstanceOf(PipelineException.class)
                .hasMessage("gold.m uses @start_ds, but it runs without a window");
        assertThatThrownBy(() -> model.sql(contract, Bindings.of(DAY), Map.of()))
                .hasMessageContaining("no relation was given for a.t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TIMESTAMP | time_column at_",
                "TIMESTAMPTZ | time_column at_",
                "VARCHAR | time_column (at_, '%Y-%m-%d %H:%M:%S')",
            })
    void loadsExactlyTheWindow(String type, String column) {
        String text = "MODEL (name gold.m, kind INCREMENTAL_BY_TIME_RANGE (" + column + ")); SELECT at_, n FROM a.t";
        var relations = Map.of(table("a.t"), """
                SELECT CAST(at_ AS %s) AS at_, n FROM (VALUES ('2024-02-28 23:59:59', 1), ('2024-02-29 00:00:00', 2),
                ('2024-02-29 12:00:00', 3), ('2024-02-29 23:59:59', 4), ('2024-03-01 00:00:00', 5), (NULL, 6)) AS x(at_, n)
                """.formatted(type));
        assertThat(run(text, Bindings.of(DAY), relations).stream().map(row -> row.substring(row.lastIndexOf(' ') + 1)))
                .containsExactly("2", "3", "4");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"DATE | time_column d", "VARCHAR | time_column d", "INTEGER | time_column (d, '%Y%m%d')"})
    void loadsExactlyTheDay(String type, String column) {
        String day = type.equals("INTEGER") ? "CAST(replace(d, '-', '') AS INTEGER)" : "CAST(d AS " + type + ")";
        var relations = Map.of(
                table("a.t"),
                "SELECT " + day
                        + " AS d, n FROM (VALUES ('2024-02-28', 1), ('2024-02-29', 2), ('2024-03-01', 3)) AS x(d, n)");
        String text = "MODEL (name gold.m, kind INCREMENTAL_BY_TIME_RANGE (" + column + ")); SELECT d, n FROM a.t";
        assertThat(run(text, Bindings.of(DAY), relations)).hasSize(1).allMatch(row -> row.endsWith(" 2"));
    }

    @Test
    void tellsTheWindowsOfABatchApart() {
        for (String type : List.of("DATE", "TIMESTAMP", "TIMESTAMPTZ", "VARCHAR")) {
            var model = Reading.model(
                    "MODEL (name gold.m, kind INCREMENTAL_BY_TIME_RANGE (time_column d)); SELECT CAST('2024-02-29' AS "
                            + type + ") AS d");
            var contract = contract(model, Map.of());
            String instant = model.instant(contract).orElseThrow();
            assertThat(rows("SELECT epoch(" + instant + ")::BIGINT FROM ("
                            + model.sql(contract, Bindings.of(DAY), Map.of()) + ")"))
                    .containsExactly("1709164800");
        }
    }

    @Test
    void castsToTheColumnsThatAreDeclared() {
        var relations = Map.of(table("a.t"), "SELECT 1 AS id, 2.5 AS v");
        String text = "MODEL (name gold.m, kind FULL, columns (V DECIMAL(10, 3), id BIGINT)); SELECT id, v FROM a.t";
        assertThat(contract(Reading.model(text), relations).columns())
                .containsExactly(Column.of("V", new LeatType.Decimal(10, 3)), Column.of("id", LeatType.INTEGER));
        assertThat(run(text, Bindings.NONE, relations)).containsExactly("2.500 1");
    }

    @Test
    void callsAColumnThatIsOnlyCastByItsName() {
        var relations = Map.of(table("a.t"), "SELECT 1 AS id, 'x' AS name, '7' AS v, 2.5 AS w");
        String text = """
                MODEL (name gold.m, kind FULL);
                WITH c AS (SELECT id::INT, (t.name::TEXT), TRY_CAST(v AS INT), w FROM a.t AS t)
                SELECT c.id::BIGINT, name, CAST(v AS TEXT)::INT, (((w)::DOUBLE)), (SELECT max(id::INT)) AS m /* x */
                FROM (SELECT id::INT, name, v, w FROM c) AS c
                GROUP BY ALL
                """;
        assertThat(contract(Reading.model(text), relations).names()).containsExactly("id", "name", "v", "w", "m");
        assertThat(run(text, Bindings.NONE, relations)).containsExactly("1 x 7 2.5 1");
    }

    @Test
    void leavesASumOfIntegersWhole() {
        var relations = Map.of(table("a.t"), "SELECT 9223372036854775807::BIGINT AS v FROM range(3)");
        assertThat(query("SELECT sum(v) AS total FROM a.t", relations)).containsExactly("27670116110564327421");
    }
}
