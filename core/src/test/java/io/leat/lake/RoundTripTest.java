package io.leat.lake;

import static io.leat.lake.LakeFixture.DEV;
import static io.leat.lake.LakeFixture.TRIPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.leat.name.PipelineName;
import io.leat.name.Sql;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.LeatType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Conversions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundTripTest {
    private static final Contract EVERY_TYPE = Contract.of(
            Column.of("n", LeatType.parse("integer")),
            Column.of("string", LeatType.parse("string")),
            Column.of("integer", LeatType.parse("integer")),
            Column.of("int8", LeatType.parse("int8")),
            Column.of("int16", LeatType.parse("int16")),
            Column.of("int32", LeatType.parse("int32")),
            Column.of("d9", LeatType.parse("decimal(9,2)")),
            Column.of("d18", LeatType.parse("decimal(18,6)")),
            Column.of("d38", LeatType.parse("decimal(38,0)")),
            Column.of("d38s", LeatType.parse("decimal(38,38)")),
            Column.of("double", LeatType.parse("double")),
            Column.of("boolean", LeatType.parse("boolean")),
            Column.of("date", LeatType.parse("date")),
            Column.of("time", LeatType.parse("time")),
            Column.of("timestamp", LeatType.parse("timestamp")),
            Column.of("local", LeatType.parse("local_timestamp")),
            Column.of("uuid", LeatType.parse("uuid")),
            Column.of("binary", LeatType.parse("binary")),
            Column.of("json", LeatType.parse("json")),
            Column.of("list", LeatType.parse("list<int8>")),
            Column.of("struct", LeatType.parse("struct<a: int16, b: list<struct<c: string, d: json>>>")),
            Column.of("a \"quoted\" name, it's odd", LeatType.parse("string")));

    private static final String VALUES = """
            VALUES
            (1, 'plain', 1, 1, 1, 1, 1.25, 1.5, 1, '0.5', 1.5, true, DATE '2020-02-29', TIME '12:34:56.789012',
             TIMESTAMPTZ '2020-03-08 10:00:00.123456+00', TIMESTAMP '2020-03-08 02:30:00.5',
             UUID '123e4567-e89b-12d3-a456-426614174000', '\\x00\\xFF'::BLOB, '{"a": [1, null]}'::JSON, [1, NULL, -3],
             {'a': 1, 'b': [{'c': 'x', 'd': '{}'}, NULL]}, 'odd'),
            (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
             NULL, NULL, NULL),
            (3, '', -9223372036854775808, -128, -32768, -2147483648, -9999999.99, -999999999999.999999,
             '-99999999999999999999999999999999999999'::DECIMAL(38,0),
             '-0.99999999999999999999999999999999999999', 'nan'::DOUBLE, false, DATE '0001-01-01',
             TIME '00:00:00', TIMESTAMPTZ '0001-01-01 00:00:00+00', TIMESTAMP '0001-01-01 00:00:00',
             UUID '00000000-0000-0000-0000-000000000000', ''::BLOB, '[]'::JSON, [], {'a': NULL, 'b': []}, ''),
            (4, 'ünï — 🚲 ' || repeat('long ', 100), 9223372036854775807, 127, 32767, 2147483647, 9999999.99,
             999999999999.999999, '99999999999999999999999999999999999999'::DECIMAL(38,0),
             '0.99999999999999999999999999999999999999', 'inf'::DOUBLE, true, DATE '9999-12-31',
             TIME '23:59:59.999999', TIMESTAMPTZ '9999-12-31 23:59:59.999999+00', TIMESTAMP '9999-12-31 23:59:59.999999',
             UUID 'ffffffff-ffff-ffff-ffff-ffffffffffff', repeat('x', 300)::BLOB, 'null'::JSON, [127], {'a': 32767, 'b': NULL},
             'q'),
            (5, 'x', 0, 0, 0, 0, 0, 0, 0, '0', '-0.0'::DOUBLE, false, DATE '1969-12-31', TIME '00:00:00.000001',
             TIMESTAMPTZ '1969-12-31 23:59:59.999999+00', TIMESTAMP '1969-12-31 23:59:59.999999',
             UUID '80000000-0000-0000-0000-000000000000', '\\x80'::BLOB, '1'::JSON, [0], {'a': 0, 'b': [{'c': NULL, 'd': NULL}]},
             'q'),
            (6, 'x', 0, 0, 0, 0, 0, 0, 0, '0', 5e-324, false, DATE '1970-01-01', TIME '00:00:00',
             TIMESTAMPTZ '1970-01-01 00:00:00+00', TIMESTAMP '1970-01-01 00:00:00', NULL, NULL, NULL, NULL, NULL, NULL),
            (7, 'x', 0, 0, 0, 0, 0, 0, 0, '0', -1.7976931348623157e308, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
             NULL, NULL)
            """;

    @TempDir
    Path folder;

    private LakeFixture fixture;

    @BeforeEach
    void open() {
        fixture = LakeFixture.in(folder);
        String columns = EVERY_TYPE.columns().stream()
                .map(column -> "CAST(" + Sql.identifier(column.name()) + " AS "
                        + column.type().duckDb() + ") AS " + Sql.identifier(column.name()))
                .collect(Collectors.joining(", "));
        fixture.duckDb.execute("CREATE TABLE original AS SELECT " + columns + " FROM (" + VALUES + ") AS v("
                + Sql.identifiers(EVERY_TYPE.names()) + ")");
        var plan = fixture.lake.plan(DEV, TRIPS, EVERY_TYPE);
        var record = fixture.claimed(0);
        var files = fixture.lake.stage(
                fixture.duckDb,
                plan,
                LakeFixture.PIPELINE,
                "SELECT *, 'trips' AS _leat_pipeline, TIMESTAMPTZ '2020-03-01 00:00:00+00' AS _leat_window FROM original",
                Layout.SINGLE);
        fixture.lake.publish(fixture.duckDb, plan, List.of(fixture.load(record, WriteMode.REPLACE, files)));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void readsEveryValueOfEveryTypeAsItWasWritten() {
        String read = fixture.lake.relation(DEV, TRIPS);
        assertThat(types("SELECT * FROM (" + read + ")")).isEqualTo(types("SELECT * FROM original"));
        for (String differs : List.of(
                "(SELECT * FROM original) EXCEPT ALL (" + read + ")",
                "(" + read + ") EXCEPT ALL (SELECT * FROM original)")) {
            assertThat(fixture.duckDb.query(differs, row -> row.getString(1))).isEmpty();
        }
        assertThat(fixture.duckDb.query(
                        "SELECT signbit(double) FROM (" + read + ") WHERE n = 5", row -> row.getBoolean(1)))
                .containsExactly(true);
        assertThat(fixture.lake.table(DEV, TRIPS).contract()).isEqualTo(EVERY_TYPE);
    }

    @Test
    void writesTheNameOfAPipelineThatIsKnownAsIfItStoodInTheRows() {
        var plan = fixture.lake.plan(DEV, TRIPS, EVERY_TYPE);
        var rows =
                "SELECT *, 'it''s' AS _leat_pipeline, make_timestamptz(n * 3600000000) AS _leat_window FROM original";
        var inRows = fixture.lake.stage(fixture.duckDb, plan, rows, Layout.BY_WINDOW);
        var known = fixture.lake.stage(fixture.duckDb, plan, new PipelineName("trips"), rows, Layout.BY_WINDOW);
        assertThat(known).hasSize(7);
        int id = plan.columns().get(plan.columns().size() - 2).id();
        for (int i = 0; i < known.size(); i++) {
            var stats = known.get(i).stats().get(id);
            assertThat(text(stats.lower())).isEqualTo(text(stats.upper())).isEqualTo("trips");
            assertThat(text(inRows.get(i).stats().get(id).lower())).isEqualTo("it's");
            assertThat(known.get(i).rows()).isEqualTo(inRows.get(i).rows());
            assertThat(fixture.duckDb.query(
                            "SELECT DISTINCT _leat_pipeline, typeof(_leat_pipeline) FROM read_parquet('"
                                    + known.get(i).path() + "')",
                            row -> row.getString(1) + " " + row.getString(2)))
                    .containsExactly("trips VARCHAR");
        }
    }

    private static String text(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
    }

    @Test
    void plansNoChangeForTheSameContract() {
        assertThat(fixture.lake.plan(DEV, TRIPS, EVERY_TYPE).kind()).isEqualTo(SchemaPlan.Kind.UNCHANGED);
    }

    @Test
    void givesBoundsThatHoldAllValues() {
        try (var catalog = catalog()) {
            var table = catalog.loadTable(TableIdentifier.of("bronze", "trips"));
            DataFile file = onlyFile(table.newScan().includeColumnStats().planFiles());
            assertThat(file.recordCount()).isEqualTo(7);
            var schema = table.schema();
            for (String name : List.of(
                    "integer", "int8", "d9", "d18", "d38", "d38s", "date", "time", "timestamp", "local", "uuid")) {
                var field = schema.findField(name);
                assertThat(file.lowerBounds()).as(name).containsKey(field.fieldId());
                Object lower = Conversions.fromByteBuffer(
                        field.type(), file.lowerBounds().get(field.fieldId()));
                Object upper = Conversions.fromByteBuffer(
                        field.type(), file.upperBounds().get(field.fieldId()));
                assertThat(lower).as(name).isNotEqualTo(upper);
            }
            assertThat(file.nullValueCounts())
                    .containsEntry(schema.findField("string").fieldId(), 1L);
            assertThat(file.nanValueCounts())
                    .containsEntry(schema.findField("double").fieldId(), 1L);
            assertThat(file.upperBounds())
                    .doesNotContainKey(schema.findField("string").fieldId());
            for (var found : List.of(
                    Expressions.equal("d38", new BigDecimal("99999999999999999999999999999999999999")),
                    Expressions.equal("boolean", true),
                    Expressions.equal("boolean", false),
                    Expressions.equal("int8", -128),
                    Expressions.equal("double", 0.0),
                    Expressions.isNaN("double"),
                    Expressions.equal("_leat_pipeline", "trips"))) {
                assertThat(count(table.newScan().filter(found).planFiles()))
                        .as(found.toString())
                        .isEqualTo(1);
            }
            for (var absent : List.of(
                    Expressions.greaterThan("date", "9999-12-31"),
                    Expressions.equal("_leat_pipeline", "other"),
                    Expressions.lessThan("_leat_window", "2020-03-01T00:00:00+00:00"))) {
                assertThat(count(table.newScan().filter(absent).planFiles()))
                        .as(absent.toString())
                        .isZero();
            }
        }
    }

    private JdbcCatalog catalog() {
        var catalog = new JdbcCatalog();
        catalog.initialize(
                "dev",
                Map.of(
                        "uri",
                        "jdbc:sqlite:" + folder.resolve("state.db"),
                        "warehouse",
                        folder.resolve("root").toString(),
                        "io-impl",
                        LocalFileIO.class.getName(),
                        "jdbc.schema-version",
                        "V1"));
        return catalog;
    }

    private static DataFile onlyFile(Iterable<FileScanTask> tasks) {
        var all = StreamSupport.stream(tasks.spliterator(), false).toList();
        assertThat(all).hasSize(1);
        return all.getFirst().file();
    }

    private static long count(Iterable<FileScanTask> tasks) {
        return StreamSupport.stream(tasks.spliterator(), false).count();
    }

    private List<String> types(String query) {
        return fixture.duckDb.query("DESCRIBE " + query, row -> row.getString(1) + " " + row.getString(2));
    }
}
