package io.leat.target.postgres;

import io.leat.name.Sql;
import io.leat.schema.Column;
import io.leat.schema.LeatType;
import io.leat.schema.Limit;
import java.util.Optional;

/** What PostgreSQL cannot hold although a type of Leat's can. */
final class Limits {
    private static final String DATES = "PostgreSQL holds dates from 4714 BC to the year 5874897";
    private static final String TIMESTAMPS = "PostgreSQL holds timestamps from 4714 BC on";

    private Limits() {}

    /** A condition of DuckDB's for values that do not fit into the column; empty if all do. */
    static Optional<Limit> of(Column column) {
        String name = Sql.identifier(column.name());
        if (!(column.type() instanceof LeatType.Simple simple)) {
            return Optional.empty();
        }
        return switch (simple) {
            case STRING ->
                Optional.of(new Limit(
                        "contains(" + name + ", chr(0))",
                        "replace(" + name + ", chr(0), '\\0')",
                        "PostgreSQL holds no text with the character U+0000"));
            case DATE ->
                Optional.of(new Limit(
                        "isfinite(" + name + ") AND NOT " + name
                                + " BETWEEN DATE '4714-11-24 (BC)' AND DATE '5874897-12-31'",
                        name,
                        DATES));
            case TIMESTAMP ->
                Optional.of(new Limit(
                        "isfinite(" + name + ") AND " + name + " < TIMESTAMPTZ '4714-11-24 (BC) 00:00:00+00'",
                        name,
                        TIMESTAMPS));
            case LOCAL_TIMESTAMP ->
                Optional.of(new Limit(
                        "isfinite(" + name + ") AND " + name + " < TIMESTAMP '4714-11-24 (BC) 00:00:00'",
                        name,
                        TIMESTAMPS));
            case INTEGER, INT8, INT16, INT32, DOUBLE, BOOLEAN, TIME, UUID, BINARY, JSON -> Optional.empty();
        };
    }
}
