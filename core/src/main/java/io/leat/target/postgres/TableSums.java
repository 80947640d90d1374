package io.leat.target.postgres;

import io.leat.name.Sql;
import io.leat.schema.AuditLevel;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.LeatType;
import io.leat.schema.Sums;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@link Sums} as PostgreSQL computes them: equal to those of DuckDB for equal rows, whatever the settings of the session. {@link
 * io.leat.schema.RowForm} describes the form of rows that is hashed.
 */
record TableSums(Contract contract, AuditLevel level) {
    private static final String HASH = "_leat_hash";

    /** An expression that gives all of it as one array of texts. */
    String aggregates() {
        List<String> values = new ArrayList<>(List.of("CAST(count(*) AS text)"));
        for (Column column : contract.columns()) {
            String name = Sql.identifier(column.name());
            String sum = sum(name, column.type());
            values.add("CAST(count(" + name + ") AS text)");
            values.add(sum == null ? "NULL" : "CAST(" + sum + " AS text)");
        }
        if (level == AuditLevel.CONTENT) {
            values.add("CAST(" + digits(1) + " AS text)");
            values.add("CAST(" + digits(16) + " AS text)");
        }
        return "ARRAY[" + String.join(", ", values) + "]";
    }

    /** What has to be computed of each row before. */
    String hashes() {
        return level == AuditLevel.CONTENT ? ", md5(" + form() + ") AS " + HASH : "";
    }

    private static String digits(int from) {
        return "sum(CAST(CAST('x0' || substr(" + HASH + ", " + from + ", 15) AS bit(64)) AS bigint))";
    }

    /** Of no rows. */
    Sums none() {
        return new Sums(
                0, Map.of(), level == AuditLevel.CONTENT ? new Sums.Content(BigInteger.ZERO, BigInteger.ZERO) : null);
    }

    Sums read(ResultSet row) throws SQLException {
        @Nullable String[] values = (@Nullable String[]) row.getArray(2).getArray();
        Map<String, Sums.ColumnSum> columns = new LinkedHashMap<>();
        int next = 1;
        for (Column column : contract.columns()) {
            long count = Long.parseLong(String.valueOf(values[next++]));
            String sum = values[next++];
            boolean summed = sum(Sql.identifier(column.name()), column.type()) != null;
            columns.put(
                    column.name(),
                    new Sums.ColumnSum(count, summed ? (sum == null ? BigDecimal.ZERO : new BigDecimal(sum)) : null));
        }
        return new Sums(
                Long.parseLong(String.valueOf(values[0])),
                columns,
                level == AuditLevel.CONTENT
                        ? new Sums.Content(
                                new BigInteger(String.valueOf(values[next])),
                                new BigInteger(String.valueOf(values[next + 1])))
                        : null);
    }

    private static @Nullable String sum(String name, LeatType type) {
        return switch (type) {
            case LeatType.Decimal decimal -> "sum(" + name + ")";
            case LeatType.ListOf list -> null;
            case LeatType.Struct struct -> null;
            case LeatType.Simple simple ->
                switch (simple) {
                    case INTEGER, INT8, INT16, INT32 -> "sum(" + name + ")";
                    case TIMESTAMP, LOCAL_TIMESTAMP ->
                        "sum(CASE WHEN isfinite(" + name + ") THEN " + micros(name, simple) + " END)";
                    case TIME -> "sum(" + micros(name, simple) + ")";
                    // as many days as DuckDB counts to the end of time
                    case DATE ->
                        "sum(CASE WHEN isfinite(" + name + ") THEN " + name + " - DATE '1970-01-01' WHEN " + name
                                + " > DATE '1970-01-01' THEN 2147483647 WHEN " + name
                                + " < DATE '1970-01-01' THEN -2147483647 END)";
                    case BOOLEAN -> "count(*) FILTER (WHERE " + name + ")";
                    case STRING, BINARY -> "sum(octet_length(" + name + "))";
                    case JSON -> "sum(octet_length(CAST(" + name + " AS text)))";
                    case DOUBLE, UUID -> null;
                };
        };
    }

    /** Numeric is exact, and dear. As doubles seconds have their microseconds within 71 years of 1970. */
    private static String micros(String name, LeatType type) {
        String exact = "CAST(extract(epoch FROM " + name + ") * 1000000 AS bigint)";
        String fast = "CAST(date_part('epoch', " + name + ") * 1000000 AS bigint)";
        String near = " BETWEEN '1900-01-01 00:00:00Z' AND '2040-01-01 00:00:00Z'";
        return type == LeatType.Simple.TIME
                ? fast
                : "CASE WHEN " + name + near + " THEN " + fast + " ELSE " + exact + " END";
    }

    private String form() {
        return contract.columns().isEmpty()
                ? "''"
                : contract.columns().stream()
                        .map(column -> "coalesce(" + form(Sql.identifier(column.name()), column.type()) + ", 'N')")
                        .collect(Collectors.joining(" || '|' || "));
    }

    private static String form(String name, LeatType type) {
        return switch (type) {
            case LeatType.Decimal decimal -> "CAST(" + name + " AS text)";
            case LeatType.ListOf list -> text("CAST(" + name + " AS text)");
            case LeatType.Struct struct -> text("CAST(" + name + " AS text)");
            case LeatType.Simple simple ->
                switch (simple) {
                    case INTEGER, INT8, INT16, INT32, UUID -> "CAST(" + name + " AS text)";
                    case BOOLEAN -> "CASE WHEN " + name + " THEN '1' WHEN NOT " + name + " THEN '0' END";
                    case DATE -> finite(name, name + " - DATE '1970-01-01'");
                    case TIMESTAMP, LOCAL_TIMESTAMP -> finite(name, micros(name, simple));
                    case TIME -> "CAST(" + micros(name, simple) + " AS text)";
                    case DOUBLE ->
                        "CASE WHEN " + name + " = 'NaN' THEN 'nan' WHEN " + name
                                + " = 0 THEN '0' ELSE CAST(CAST(CAST('x' || encode(float8send(" + name
                                + "), 'hex') AS bit(64)) AS bigint) AS text) END";
                    case STRING -> text(name);
                    case JSON -> text("CAST(" + name + " AS text)");
                    case BINARY -> "encode(" + name + ", 'hex')";
                };
        };
    }

    private static String text(String value) {
        return "CAST(octet_length(" + value + ") AS text) || ':' || " + value;
    }

    private static String finite(String name, String number) {
        return "CASE WHEN isfinite(" + name + ") THEN CAST(" + number + " AS text) WHEN " + name
                + " > DATE '1970-01-01' THEN 'inf' WHEN " + name + " < DATE '1970-01-01' THEN '-inf' END";
    }
}
