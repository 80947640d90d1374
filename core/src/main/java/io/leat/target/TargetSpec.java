package io.leat.target;

import io.leat.config.Key;
import io.leat.config.ObjectShape;
import io.leat.config.Shape;
import io.leat.lake.WriteMode;
import io.leat.name.TableName;

/** The table of the lake that a pipeline fills, and how. */
public record TargetSpec(TableName table, WriteMode write) {

    private static final Key<TableName> TABLE =
            Key.required("table", Shape.tableName(), "The table of the lake that is filled, schema and name.");
    private static final Key<WriteMode> WRITE = Key.optional(
            "write",
            Shape.oneOf(WriteMode.class),
            "What loading a slice again does: replace its rows, or append to them.",
            "replace");

    public static final ObjectShape<TargetSpec> SHAPE = Shape.object(
            "target",
            "Where the rows go.",
            fields -> new TargetSpec(fields.value(TABLE), fields.value(WRITE)),
            TABLE,
            WRITE);
}
