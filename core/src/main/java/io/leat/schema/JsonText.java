package io.leat.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * SQL of DuckDB's that writes values as JSON without loss, for engines that have no lists and structs like its own: booleans and
 * numbers as they are, decimals with all digits of their scale, JSON as it stands there, all other values as texts; so are numbers
 * that JSON does not know ({@code "NaN"}, {@code "Infinity"}).
 */
public final class JsonText {

    private JsonText() {}

    /** An expression of type VARCHAR, NULL where the value is. */
    public static String sql(String value, LeatType type) {
        return "CASE WHEN " + value + " IS NOT NULL THEN " + present(value, type, 0) + " END";
    }

    private static String present(String value, LeatType type, int depth) {
        return switch (type) {
            case LeatType.Decimal decimal -> decimal(value, decimal);
            case LeatType.ListOf(LeatType element) -> {
                String each = "e" + depth;
                yield "'[' || array_to_string(list_transform(" + value + ", lambda " + each + ": "
                        + orNull(each, element, depth + 1) + "), ',') || ']'";
            }
            case LeatType.Struct struct -> struct(value, struct, depth);
            case LeatType.Simple simple ->
                switch (simple) {
                    case INTEGER, INT8, INT16, INT32, BOOLEAN, JSON -> "CAST(" + value + " AS VARCHAR)";
                    case DOUBLE ->
                        "CASE WHEN isfinite(" + value + ") THEN CAST(" + value + " AS VARCHAR) WHEN isnan(" + value
                                + ") THEN '\"NaN\"' WHEN " + value
                                + " > 0 THEN '\"Infinity\"' ELSE '\"-Infinity\"' END";
                    case BINARY -> quoted("lower(hex(" + value + "))");
                    case STRING, DATE, TIME, TIMESTAMP, LOCAL_TIMESTAMP, UUID ->
                        quoted("CAST(" + value + " AS VARCHAR)");
                };
        };
    }

    /** With exactly as many digits behind the point as the scale says, and one before it. */
    static String decimal(String value, LeatType.Decimal type) {
        String text = "CAST(" + value + " AS VARCHAR)";
        // where no digit can stand before the point DuckDB writes none
        return type.precision() == type.scale() && type.scale() > 0 ? "replace(" + text + ", '.', '0.')" : text;
    }

    private static String struct(String value, LeatType.Struct struct, int depth) {
        List<String> fields = new ArrayList<>();
        for (LeatType.Field field : struct.fields()) {
            String of = "struct_extract(" + value + ", " + Names.literal(field.name()) + ")";
            fields.add("CAST(to_json(" + Names.literal(field.name()) + ") AS VARCHAR) || ':' || "
                    + orNull(of, field.type(), depth));
        }
        return "'{' || " + String.join(" || ',' || ", fields) + " || '}'";
    }

    private static String orNull(String value, LeatType type, int depth) {
        return "CASE WHEN " + value + " IS NULL THEN 'null' ELSE " + present(value, type, depth) + " END";
    }

    private static String quoted(String text) {
        return "CAST(to_json(" + text + ") AS VARCHAR)";
    }
}
