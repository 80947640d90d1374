package io.leat.target.postgres;

import io.leat.schema.LeatType;

/** The types of PostgreSQL that hold exactly the values of Leat's. */
final class ColumnTypes {

    private ColumnTypes() {}

    /** The type as {@code format_type} writes it. */
    static String of(LeatType type) {
        return switch (type) {
            case LeatType.Decimal(int precision, int scale) -> "numeric(" + precision + "," + scale + ")";
            case LeatType.ListOf list -> "json";
            case LeatType.Struct struct -> "json";
            case LeatType.Simple simple ->
                switch (simple) {
                    case STRING -> "text";
                    case INTEGER -> "bigint";
                    case INT8, INT16 -> "smallint";
                    case INT32 -> "integer";
                    case DOUBLE -> "double precision";
                    case BOOLEAN -> "boolean";
                    case DATE -> "date";
                    case TIME -> "time without time zone";
                    case TIMESTAMP -> "timestamp with time zone";
                    case LOCAL_TIMESTAMP -> "timestamp without time zone";
                    case UUID -> "uuid";
                    case BINARY -> "bytea";
                    // jsonb would reorder keys and drop some
                    case JSON -> "json";
                };
        };
    }
}
