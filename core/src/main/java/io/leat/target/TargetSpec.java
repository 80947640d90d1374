package io.leat.target;

import io.leat.config.Key;
import io.leat.config.ObjectShape;
import io.leat.config.Shape;
import io.leat.lake.WriteMode;
import io.leat.name.TableName;
import java.util.Map;

/**
 * The table of the lake that a pipeline fills, and how.
 *
 * @param renamed new names of columns to those by which the table knows them
 */
public record TargetSpec(TableName table, WriteMode write, Map<String, String> renamed) {

    private static final Key<TableName> TABLE = Key.required(
            "table",
            Shape.tableName().as(TableName::requireUsers),
            "The table of the lake that is filled, schema and name.");
    private static final Key<WriteMode> WRITE = Key.optional(
            "write",
            Shape.oneOf(WriteMode.class),
            "What loading a slice again does: replace its rows, or append to them.",
            "replace");

    private static final Key<Map<String, String>> RENAMED = Key.optional(
            "renamed",
            Shape.map(Shape.text()),
            "Columns that have another name now: the new name, and the one by which the table knows it.",
            "{}");

    public static final ObjectShape<TargetSpec> SHAPE = Shape.object(
            "target",
            "Where the rows go.",
            fields -> new TargetSpec(fields.value(TABLE), fields.value(WRITE), Map.copyOf(fields.value(RENAMED))),
            TABLE,
            WRITE,
            RENAMED);
}
