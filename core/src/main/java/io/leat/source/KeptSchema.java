package io.leat.source;

import io.leat.lake.DuckDb;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.Sql;
import io.leat.schema.RawColumn;
import io.leat.schema.RawSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** The raw columns of a scan, as they are kept in the metadata of its Parquet file. */
record KeptSchema(RawSchema schema, boolean isJson) {

    private static final ObjectMapper JSON = JsonMapper.shared();

    static KeptSchema of(RawRows rows) {
        return new KeptSchema(rows.schema(), rows.recordText().equals("_leat_line"));
    }

    /** An expression: a record of the file as text. */
    String recordText() {
        return isJson ? "_leat_line" : schema.recordText();
    }

    String text() {
        var root = JSON.createObjectNode().put("json", isJson);
        var columns = root.putArray("columns");
        schema.columns().forEach(column -> columns.addArray().add(column.name()).add(column.sqlType()));
        return root.toString();
    }

    static KeptSchema read(DuckDb duckDb, Path rows) {
        String text = duckDb.one(
                        "SELECT decode(value) FROM parquet_kv_metadata(" + Sql.literal(rows.toString())
                                + ") WHERE decode(key) = 'leat'",
                        row -> row.getString(1))
                .orElseThrow(() -> new PipelineException(
                                ErrorCode.STORAGE_ACCESS, rows + " was not written by a scan, or is damaged")
                        .withHint("delete it: the next run scans the file again"));
        JsonNode root = JSON.readTree(text);
        List<RawColumn> columns = new ArrayList<>();
        for (JsonNode column : root.required("columns")) {
            columns.add(new RawColumn(column.get(0).asString(), column.get(1).asString()));
        }
        return new KeptSchema(new RawSchema(columns), root.required("json").asBoolean());
    }
}
