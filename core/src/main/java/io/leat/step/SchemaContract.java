package io.leat.step;

import io.leat.config.Key;
import io.leat.config.ObjectShape;
import io.leat.config.Shape;
import java.util.List;

/** What becomes of rows when the columns of the source are not those that are declared. */
public record SchemaContract(Rule newColumns, Rule missingColumns, Types types) {

    /** What becomes of a column that is not declared, or is declared and not there. */
    public enum Rule {
        /** A new column comes in as it is; a missing one is NULL. */
        EVOLVE,
        /** A new column is left out; a missing one is NULL. */
        IGNORE,
        /** Rows with a value in a new column, or without a declared column, are rejected. */
        REJECT,
        /** The slice fails. */
        FAIL
    }

    /** What becomes of a value that is not of its type. */
    public enum Types {
        REJECT,
        FAIL
    }

    public static final SchemaContract DEFAULT = new SchemaContract(Rule.EVOLVE, Rule.FAIL, Types.REJECT);

    private static final Key<Rule> NEW_COLUMNS = Key.optional(
            "new_columns", Shape.oneOf(Rule.class), "What becomes of columns that are not declared.", "evolve");
    private static final Key<Rule> MISSING_COLUMNS = Key.optional(
            "missing_columns",
            Shape.oneOf(Rule.class),
            "What becomes of rows whose file lacks a declared column.",
            "fail");
    private static final Key<Types> TYPES = Key.optional(
            "types",
            Shape.oneOf(List.of("reject", "fail")).as(word -> word.equals("fail") ? Types.FAIL : Types.REJECT),
            "What becomes of rows with a value that is not of its type.",
            "reject");

    public static final ObjectShape<SchemaContract> SHAPE = Shape.object(
            "schema_contract",
            "What becomes of rows when the columns of the source are not those that are declared.",
            fields -> new SchemaContract(fields.value(NEW_COLUMNS), fields.value(MISSING_COLUMNS), fields.value(TYPES)),
            NEW_COLUMNS,
            MISSING_COLUMNS,
            TYPES);
}
