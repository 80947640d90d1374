package io.leat.model;

import static io.leat.model.Reading.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.leat.lake.DuckDb;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.LeatType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MetadataTableTest {

    private static final DuckDb DUCKDB =
            DuckDb.open(new DuckDb.Limits(512L << 20, 1, Path.of(System.getProperty("java.io.tmpdir")), 0));

    @AfterAll
    static void close() {
        DUCKDB.close();
    }

    private static List<Column> described(String relation) {
        return DUCKDB.query(
                "DESCRIBE " + relation, row -> Column.of(row.getString(1), LeatType.ofDuckDb(row.getString(2))));
    }

    private static List<Column> promised() {
        return MetadataTable.CONTRACT.columns().stream()
                .map(column -> Column.of(column.name(), column.type()))
                .toList();
    }

    @Test
    void hasOneRowForEachModel() {
        var reading = Reading.of(
                Map.of(
                        "models/a.sql",
                        "MODEL (name gold.a, kind FULL, owner \"o'neil\", description 'It''s', tags (x, y)); SELECT * FROM b.t, c.u",
                        "models/b.sql",
                        "MODEL (name gold.b, cron '@hourly'); SELECT 1 AS one"),
                Variables.NONE);
        var contracts = Map.of(
                table("gold.a"),
                Contract.of(new Column("id", LeatType.INTEGER, false, "the 'key'"), Column.of("v", LeatType.JSON)));
        String relation = MetadataTable.relation(reading.models(), contracts);
        assertThat(described(relation)).isEqualTo(promised());
        assertThat(DUCKDB.query(
                        "SELECT CAST(m AS VARCHAR) FROM (" + relation + ") AS m ORDER BY name",
                        row -> row.getString(1)))
                .containsExactly(
                        "{'name': gold.a, 'kind': FULL, 'description': 'It\\'s', 'columns': [{'name': id, 'type': integer, 'description': 'the \\'key\\''}, "
                                + "{'name': v, 'type': json, 'description': NULL}], 'depends_on': [b.t, c.u], 'owner': 'o\\'neil', 'tags': [x, y], "
                                + "'cron': @daily, 'file': models/a.sql}",
                        "{'name': gold.b, 'kind': VIEW, 'description': NULL, 'columns': [], 'depends_on': [], 'owner': NULL, 'tags': [], 'cron': @hourly, 'file': models/b.sql}");
    }

    @Test
    void isThereWithoutModels() {
        String relation = MetadataTable.relation(List.of(), Map.of());
        assertThat(described(relation)).isEqualTo(promised());
        assertThat(DUCKDB.query(relation, row -> row.getString(1))).isEmpty();
    }
}
