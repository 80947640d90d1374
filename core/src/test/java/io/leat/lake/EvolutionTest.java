package io.leat.lake;

import static io.leat.lake.LakeFixture.DEV;
import static io.leat.lake.LakeFixture.TRIPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.LeatType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvolutionTest {
    @TempDir
    Path folder;

    private LakeFixture fixture;
    private int hour;

    @BeforeEach
    void open() {
        fixture = LakeFixture.in(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void readsOldRowsAfterColumnsWereAddedRenamedAndWidened() {
        publish(contract("a", "int32", "b", "decimal(5,2)", "c", "int8"), Evolution.GROW, "1 AS a, 1.25 AS b, 1 AS c");
        publish(
                contract("x", "integer", "b", "decimal(12,2)", "c", "int16", "d", "string"),
                Evolution.renaming(Map.of("x", "a")),
                "9223372036854775807 AS x, 1234567890.25 AS b, 300 AS c, 'new' AS d");
        assertThat(rows()).containsExactly("1 1.25 1 null", "9223372036854775807 1234567890.25 300 new");
        assertThat(fixture.lake.table(DEV, TRIPS).contract())
                .isEqualTo(contract("x", "integer", "b", "decimal(12,2)", "c", "int16", "d", "string"));
        assertThat(namesInCatalog()).containsExactly("x", "b", "c", "d", "_leat_pipeline", "_leat_window");
    }

    @Test
    void showsNoOldValuesInAColumnThatWasDroppedAndAddedAgain() {
        publish(contract("a", "integer", "b", "string"), Evolution.GROW, "1 AS a, 'old' AS b");
        publish(contract("a", "integer"), Evolution.EXACT, "2 AS a");
        publish(contract("a", "integer", "b", "string"), Evolution.GROW, "3 AS a, 'new' AS b");
        assertThat(rows()).containsExactly("1 null", "2 null", "3 new");
        publish(contract("a", "integer", "b", "integer"), Evolution.EXACT, "4 AS a, 7 AS b");
        assertThat(rows()).containsExactly("1 null", "2 null", "3 null", "4 7");
        assertThat(namesInCatalog()).containsExactly("a", "b", "_leat_pipeline", "_leat_window");
    }

    @Test
    void widensAndExtendsNestedTypes() {
        publish(
                contract("a", "integer", "s", "struct<x: int32, y: string>", "l", "list<int32>"),
                Evolution.GROW,
                "1 AS a, {'x': 1, 'y': 'old'} AS s, [1, 2] AS l");
        publish(
                contract("a", "integer", "s", "struct<x: integer, y: string, z: json>", "l", "list<integer>"),
                Evolution.GROW,
                "2 AS a, {'x': 9223372036854775807, 'y': 'new', 'z': '[]'} AS s, [9223372036854775807] AS l");
        assertThat(rows())
                .containsExactly(
                        "1 {'x': 1, 'y': old, 'z': NULL} [1, 2]",
                        "2 {'x': 9223372036854775807, 'y': new, 'z': '[]'} [9223372036854775807]");
    }

    @Test
    void keepsColumnsThatTheContractDoesNotHave() {
        publish(contract("a", "integer", "b", "string"), Evolution.GROW, "1 AS a, 'old' AS b");
        publish(contract("a", "integer"), Evolution.GROW, "2 AS a");
        assertThat(rows()).containsExactly("1 old", "2 null");
    }

    @Test
    void refusesTypesThatWouldLoseValues() {
        publish(
                contract("a", "integer", "b", "decimal(9,2)", "c", "string", "s", "struct<x: integer, y: integer>"),
                Evolution.GROW,
                "1 AS a, 1 AS b, 'c' AS c, {'x': 1, 'y': 2} AS s");
        for (var narrower : Map.of("a", "int32", "b", "decimal(8,2)", "c", "integer", "s", "struct<x: integer>")
                .entrySet()) {
            assertThatThrownBy(() -> fixture.lake.plan(DEV, TRIPS, contract(narrower.getKey(), narrower.getValue())))
                    .isInstanceOfSatisfying(
                            PipelineException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CONTRACT))
                    .hasMessageContaining(narrower.getKey());
        }
        assertThatThrownBy(() -> fixture.lake.plan(DEV, TRIPS, contract("b", "decimal(12,4)")))
                .hasMessageContaining("b would lose values");
    }

    @Test
    void refusesRowsThatWereStagedForOtherColumns() {
        publish(contract("a", "integer"), Evolution.GROW, "1 AS a");
        var mine = fixture.lake.plan(DEV, TRIPS, contract("a", "integer", "mine", "string"));
        var record = fixture.claimed(++hour);
        var files = fixture.lake.stage(fixture.duckDb, mine, select("2 AS a, 'mine' AS mine"), Layout.SINGLE);
        publish(contract("a", "integer", "theirs", "integer"), Evolution.GROW, "3 AS a, 7 AS theirs");
        assertThatThrownBy(() -> fixture.lake.publish(
                        fixture.duckDb, mine, List.of(fixture.load(record, WriteMode.REPLACE, files))))
                .isInstanceOfSatisfying(
                        PipelineException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.COMMIT_CONFLICT));
        assertThat(rows()).containsExactly("1 null", "3 7");
    }

    @Test
    void takesRowsThatFitAllTheSameAfterOthersAddedAColumn() {
        publish(contract("a", "integer"), Evolution.GROW, "1 AS a");
        var mine = fixture.lake.plan(DEV, TRIPS, contract("a", "integer"));
        var record = fixture.claimed(++hour);
        var files = fixture.lake.stage(fixture.duckDb, mine, select("2 AS a"), Layout.SINGLE);
        publish(contract("a", "integer", "theirs", "integer"), Evolution.GROW, "3 AS a, 7 AS theirs");
        hour = 1;
        fixture.lake.publish(fixture.duckDb, mine, List.of(fixture.load(record, WriteMode.REPLACE, files)));
        assertThat(rows()).containsExactly("1 null", "2 null", "3 7");
    }

    @Test
    void saysWhatWillChange() {
        publish(contract("a", "int32"), Evolution.GROW, "1 AS a");
        var plan = fixture.lake.plan(DEV, TRIPS, contract("a", "integer", "b", "string"));
        assertThat(plan.kind()).isEqualTo(SchemaPlan.Kind.EVOLVE);
        assertThat(plan.changes())
                .extracting(SchemaChange::text)
                .containsExactly("widen a from int32 to integer", "add b string");
    }

    private void publish(Contract contract, Evolution evolution, String values) {
        hour++;
        var plan = fixture.lake.plan(DEV, TRIPS, contract, evolution);
        var record = fixture.claimed(hour);
        var files = fixture.lake.stage(fixture.duckDb, plan, select(values), Layout.SINGLE);
        fixture.lake.publish(fixture.duckDb, plan, List.of(fixture.load(record, WriteMode.REPLACE, files)));
    }

    private String select(String values) {
        return "SELECT " + values + ", 'trips' AS _leat_pipeline, TIMESTAMPTZ '"
                + LakeFixture.hour(hour).start() + "' AS _leat_window";
    }

    private List<String> rows() {
        return fixture.duckDb.query("SELECT * FROM (" + fixture.lake.relation(DEV, TRIPS) + ") ORDER BY 1", row -> {
            var text = new StringBuilder();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                text.append(i == 1 ? "" : " ").append(row.getString(i));
            }
            return text.toString();
        });
    }

    private List<String> namesInCatalog() {
        try (var catalog = new JdbcCatalog()) {
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
            return catalog.loadTable(TableIdentifier.of("bronze", "trips")).schema().columns().stream()
                    .map(field -> field.name())
                    .toList();
        }
    }

    /** Names and types by turns. */
    private static Contract contract(String... namesAndTypes) {
        var columns = new ArrayList<Column>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            columns.add(Column.of(namesAndTypes[i], LeatType.parse(namesAndTypes[i + 1])));
        }
        return new Contract(columns);
    }
}
