package io.leat.model;

import static io.leat.model.Reading.ANALYZER;
import static io.leat.model.Reading.line;
import static io.leat.model.Reading.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.leat.config.Problem;
import io.leat.config.Problems;
import io.leat.name.TableName;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.LeatType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractTest {

    private static final Map<TableName, Contract> UPSTREAM = Map.of(
            table("bronze.sales"),
            Contract.of(
                    Column.of("id", LeatType.INTEGER),
                    Column.of("day", LeatType.DATE),
                    Column.of("sold_at", LeatType.TIMESTAMP),
                    Column.of("amount", new LeatType.Decimal(18, 2)),
                    Column.of("city", LeatType.STRING),
                    Column.of("lines", LeatType.parse("list<struct<sku: string, n: int32>>")),
                    Column.of("raw", LeatType.JSON)));

    private final Problems problems = new Problems();

    private String columns(String text) {
        return ModelGraph.contract(Reading.model(text), UPSTREAM, ANALYZER, problems)
                .map(contract -> contract.columns().stream()
                        .map(column -> column.name() + " " + column.type().text())
                        .collect(Collectors.joining(", ")))
                .orElse("none");
    }

    private List<String> found() {
        return problems.sorted().stream()
                .map(problem -> line(problem) + " -> " + problem.expected() + " " + problem.hint())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id, day, sold_at, amount, city | id integer, day date, sold_at timestamp, amount decimal(18,2), city string",
                "count(*) AS n, sum(id) AS total, sum(amount) AS paid, avg(id) AS mean | n integer, total decimal(38,0), paid decimal(38,2), mean double",
                "lines, lines[1].sku AS first, raw | lines list<struct<sku: string, n: int32>>, first string, raw json",
                "list(id) AS ids, {'a': id, 'b': city} AS both | ids list<integer>, both struct<a: integer, b: string>",
                "CAST(id AS UBIGINT) AS u, CAST(id AS HUGEINT) AS h, CAST(id AS FLOAT) AS f | u decimal(20,0), h decimal(38,0), f double",
                "date_trunc('month', day) AS month, day + INTERVAL 1 DAY AS next, day - DATE '2020-01-01' AS days | month local_timestamp, next local_timestamp, days integer",
                "*  EXCLUDE (lines, raw) | id integer, day date, sold_at timestamp, amount decimal(18,2), city string",
                "1 AS one, 1.5 AS half, 'x' AS x, TRUE AS yes | one int32, half decimal(2,1), x string, yes boolean",
            })
    void comesFromTheBoundQuery(String select, String columns) {
        assertThat(columns("MODEL (name gold.m, kind FULL);\nSELECT " + select + " FROM bronze.sales"
                        + (select.contains("(*)") || select.contains("list(") && select.contains("ids")
                                ? " GROUP BY ALL"
                                : "")))
                .isEqualTo(columns);
        assertThat(found()).isEmpty();
    }

    @Test
    void takesDescriptionsFromTheHeader() {
        var model = Reading.model(
                "MODEL (name gold.m, kind FULL, column_descriptions (id = 'the key')); SELECT id, city FROM bronze.sales");
        var contract = ModelGraph.contract(model, UPSTREAM, ANALYZER, problems).orElseThrow();
        assertThat(contract.columns()).extracting(Column::description).containsExactly("the key", null);
    }

    @Test
    void takesDescriptionsFromCommentsElse() {
        var model = Reading.model("""
                MODEL (name gold.m, kind FULL);
                WITH c AS (SELECT 1 AS one /* not this */ FROM bronze.sales)
                SELECT -- nor this
                  s.id, -- the key: it's unique
                  sum(amount) AS Paid /* in
                                         euros */,
                  city::TEXT, -- where
                  -- nor this
                  CASE WHEN city = ',' THEN 1 END AS flag,
                  max(day) AS last_day -- newest
                FROM bronze.sales AS s -- nor this
                GROUP BY ALL
                """);
        var contract = ModelGraph.contract(model, UPSTREAM, ANALYZER, problems).orElseThrow();
        assertThat(contract.columns().stream().map(column -> column.name() + ": " + column.description()))
                .containsExactly(
                        "id: the key: it's unique", "Paid: in euros", "city: where", "flag: null", "last_day: newest");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT id,\\n  amout FROM bronze.sales | E004 models/m.sql:3:3 | amount",
                "SELECT 'é', nosuch(id) AS x FROM bronze.sales | E004 models/m.sql:2:13 | ",
                "SELECT city, sum(id) AS n FROM bronze.sales | E004 models/m.sql:2:8 | ",
                "SELECT s.id FROM bronze.sales AS s JOIN bronze.sales AS t USING (id) WHERE day > 1 | E004 models/m.sql:2:76 | ",
                "SELECT day + city AS x FROM bronze.sales | E004 models/m.sql:2:12 | ",
                "SELECT id, id FROM bronze.sales | E003 models/m.sql:2:1 | name of its own",
                "SELECT NULL AS x FROM bronze.sales | E003 models/m.sql:2:1 | CAST",
                "SELECT INTERVAL 1 DAY AS x FROM bronze.sales | E003 models/m.sql:2:1 | CAST",
                "SELECT MAP {'a': id} AS x FROM bronze.sales | E003 models/m.sql:2:1 | CAST",
                "SELECT id AS _leat_window FROM bronze.sales | E003 models/m.sql:2:1 | ",
                "SELECT * FROM bronze.sales WHERE @execution_ds = 1 AND nocol = 2 | E004 models/m.sql:2:56 | ",
            })
    void hasProblemsAtTheirPlace(String query, String place, String hint) {
        assertThat(columns("MODEL (name gold.m, kind FULL);\n" + query.replace("\\n", "\n")))
                .isEqualTo("none");
        assertThat(found()).hasSize(1);
        assertThat(found().getFirst()).startsWith(place).contains(hint == null ? "" : hint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "kind INCREMENTAL_BY_TIME_RANGE (time_column da) | E106 models/m.sql:1:65 | did you mean 'day'?",
                "kind INCREMENTAL_BY_TIME_RANGE (time_column id) | E104 models/m.sql:1:65 | say how to read it",
                "kind INCREMENTAL_BY_TIME_RANGE (time_column amount) | E104 models/m.sql:1:65 | no time",
                "kind FULL, columns (id INT, towns TEXT, day DATE, amount DOUBLE, city TEXT) | E106 models/m.sql:1:49 | gives no column",
                "kind FULL, columns (id INT, day DATE, amount DOUBLE) | E106 models/m.sql:2:1 | does not declare",
                "kind FULL, columns (id INT, day DATE, amount NUMBERS, city TEXT) | E104 models/m.sql:1:59 | DECIMAL",
                "kind FULL, column_descriptions (town = 'x') | E106 models/m.sql:1:13 | is no column",
                "kind FULL, audits (not_null(columns := (id, town))) | E004 models/m.sql:1:40 | town",
            })
    void isJudgedWithTheHeader(String keys, String place, String help) {
        assertThat(columns("MODEL (name gold.m, " + keys + ");\nSELECT id, day, amount, city FROM bronze.sales"))
                .isEqualTo("none");
        assertThat(found()).isNotEmpty();
        assertThat(found().getFirst()).startsWith(place).contains(help);
    }

    @Test
    void passesFromModelToModelInOrder() {
        var reading = Reading.of(
                Map.of(
                        "models/a.sql",
                                "MODEL (name gold.z, kind FULL); SELECT city, sum(amount) AS paid FROM bronze.sales GROUP BY ALL",
                        "models/b.sql", "MODEL (name gold.a, kind VIEW); SELECT *, paid * 2 AS twice FROM gold.z",
                        "models/c.sql", "MODEL (name gold.b, kind FULL); SELECT nothing FROM gold.a",
                        "models/d.sql", "MODEL (name gold.c, kind FULL); SELECT * FROM gold.b",
                        "models/e.sql",
                                "MODEL (name gold.d, kind FULL); SELECT name, len(columns) AS n FROM _metadata.all_models"),
                Variables.NONE);
        var graph = ModelGraph.of(
                reading.models(),
                Map.of(table("bronze.sales"), io.leat.config.Mark.whole(java.nio.file.Path.of("p.yaml"))),
                problems);
        assertThat(problems.isEmpty()).isTrue();
        var contracts = graph.contracts(UPSTREAM, ANALYZER, problems);
        assertThat(contracts.get(table("gold.a")).columns())
                .containsExactly(
                        Column.of("city", LeatType.STRING),
                        Column.of("paid", new LeatType.Decimal(38, 2)),
                        Column.of("twice", new LeatType.Decimal(38, 2)));
        assertThat(contracts.get(table("gold.d")).names()).containsExactly("name", "n");
        assertThat(contracts).doesNotContainKeys(table("gold.b"), table("gold.c"));
        assertThat(problems.sorted()).extracting(Problem::mark).hasToString("[models/c.sql:1:40]");
    }
}
