package io.leat.schema;

import java.util.stream.Collectors;

/**
 * The form {@code leat1} of a row, of which its hash is made: the same bytes wherever the same row is, in DuckDB and elsewhere,
 * whatever the settings of a session.
 *
 * <p>Columns in the order of the contract, joined by {@code |}. NULL is {@code N}; integers as decimal text; decimals with exactly
 * as many digits behind the point as their scale says; booleans 1 or 0; UUIDs in lower case; dates as days, times and timestamps as
 * microseconds, since 1970-01-01 or midnight, {@code inf} and {@code -inf} where they are that; doubles as their 64 bits read as an
 * integer, {@code nan} for every NaN and {@code 0} for both zeros; texts and JSON as {@code <bytes>:<text>}, lists and structs
 * likewise by {@link JsonText}; binaries in lower hex.
 *
 * <p>The hash of a row is the MD5 of its form. Of many rows the first 15 hexadecimal digits are added up, and the next 15.
 */
public final class RowForm {

    private RowForm() {}

    /** SQL of DuckDB's for the form of a row of a relation with these columns. */
    public static String duckDb(Contract contract) {
        return contract.columns().isEmpty()
                ? "''"
                : contract.columns().stream()
                        .map(column -> value(Names.quoted(column.name()), column.type()))
                        .map(value -> "coalesce(" + value + ", 'N')")
                        .collect(Collectors.joining(" || '|' || "));
    }

    /** SQL of DuckDB's that adds up the digits, as a list of two texts. */
    static String sums(Contract contract) {
        String hash = "md5(" + duckDb(contract) + ")";
        return "json_array(" + digits(hash, 1) + ", " + digits(hash, 16) + ")";
    }

    private static String digits(String hash, int from) {
        return "CAST(sum(CAST('0x' || substr(" + hash + ", " + from + ", 15) AS BIGINT)) AS VARCHAR)";
    }

    private static String value(String name, LeatType type) {
        return switch (type) {
            case LeatType.Decimal decimal -> JsonText.decimal(name, decimal);
            case LeatType.ListOf list -> text(JsonText.sql(name, list));
            case LeatType.Struct struct -> text(JsonText.sql(name, struct));
            case LeatType.Simple simple ->
                switch (simple) {
                    case INTEGER, INT8, INT16, INT32, UUID -> "CAST(" + name + " AS VARCHAR)";
                    case BOOLEAN -> "CASE WHEN " + name + " THEN '1' WHEN NOT " + name + " THEN '0' END";
                    case DATE -> finite(name, name + " - DATE '1970-01-01'");
                    case TIMESTAMP, LOCAL_TIMESTAMP -> finite(name, "epoch_us(" + name + ")");
                    case TIME -> "CAST(epoch_us(" + name + ") AS VARCHAR)";
                    case DOUBLE ->
                        "CASE WHEN isnan(" + name + ") THEN 'nan' WHEN " + name + " = 0 THEN '0' ELSE CAST(CAST(CAST("
                                + name + " AS BIT) AS BIGINT) AS VARCHAR) END";
                    case STRING, JSON -> text("CAST(" + name + " AS VARCHAR)");
                    case BINARY -> "lower(hex(" + name + "))";
                };
        };
    }

    private static String text(String value) {
        return "CAST(strlen(" + value + ") AS VARCHAR) || ':' || " + value;
    }

    private static String finite(String name, String number) {
        return "CASE WHEN isfinite(" + name + ") THEN CAST(" + number + " AS VARCHAR) WHEN " + name
                + " > DATE '1970-01-01' THEN 'inf' WHEN " + name + " < DATE '1970-01-01' THEN '-inf' END";
    }
}
