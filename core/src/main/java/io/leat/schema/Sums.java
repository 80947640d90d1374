package io.leat.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How many rows there are, and per column how many values and their exact sum: equal before and after a copy that lost nothing.
 *
 * <p>What is summed: integers and decimals themselves, microseconds of timestamps and times, days of dates, the count of true
 * booleans, bytes of text, JSON and blobs. Other types are only counted. {@link #sql} computes them inside DuckDB, over rows or
 * groups of rows, as one text that {@link #parse} reads. Values are equal when all of that is equal.
 *
 * @param content what the hashes of the rows add up to; null if it was not asked for
 */
public record Sums(
        long rows, Map<String, ColumnSum> columns, @Nullable Content content) {

    private static final ObjectMapper JSON = JsonMapper.shared();

    /** The number of values that are not NULL, and their sum where the type has one. */
    public record ColumnSum(long values, @Nullable BigDecimal sum) {
        public ColumnSum {
            sum = sum == null ? null : canonical(sum);
        }

        private ColumnSum plus(ColumnSum other) {
            BigDecimal both = sum == null ? other.sum : other.sum == null ? sum : sum.add(other.sum);
            return new ColumnSum(values + other.values, both);
        }

        private static BigDecimal canonical(BigDecimal value) {
            return value.signum() == 0
                    ? BigDecimal.ZERO
                    : new BigDecimal(value.stripTrailingZeros().toPlainString());
        }
    }

    /** What the hashes of rows in the form {@code leat1} add up to: see {@link RowForm}. */
    public record Content(BigInteger first, BigInteger second) {
        private Content plus(Content other) {
            return new Content(first.add(other.first), second.add(other.second));
        }
    }

    public Sums(long rows, Map<String, ColumnSum> columns) {
        this(rows, columns, null);
    }

    public Sums {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /**
     * An SQL aggregate expression of type VARCHAR over a relation with these columns; it can stand beside others and be grouped.
     */
    public static String sql(Contract contract) {
        return sql(contract, AuditLevel.SUMS);
    }

    /** The same, with the content if the level is that. */
    public static String sql(Contract contract, AuditLevel level) {
        List<String> entries = new ArrayList<>();
        for (Column column : contract.columns()) {
            String name = Names.quoted(column.name());
            List<String> values = new ArrayList<>();
            values.add("count(" + name + ")");
            addends(name, column.type()).forEach(addend -> values.add("CAST(" + addend + " AS VARCHAR)"));
            entries.add("'" + column.name().replace("'", "''") + "', json_array(" + String.join(", ", values) + ")");
        }
        return "CAST(json_object('rows', count(*), 'columns', json_object(" + String.join(", ", entries)
                + ")" + (level == AuditLevel.CONTENT ? ", 'content', " + RowForm.sums(contract) : "")
                + ") AS VARCHAR)";
    }

    /** Reads {@link #json()}, or a text that {@link #sql} made. */
    public static Sums parse(String json) {
        JsonNode root = JSON.readTree(json);
        Map<String, ColumnSum> columns = new LinkedHashMap<>();
        root.required("columns").forEachEntry((name, values) -> columns.put(name, columnSum(values)));
        return new Sums(root.required("rows").asLong(), columns, content(root.get("content")));
    }

    private static @Nullable Content content(@Nullable JsonNode sums) {
        return sums == null ? null : new Content(digits(sums.get(0)), digits(sums.get(1)));
    }

    /** No rows have no sum. */
    private static BigInteger digits(JsonNode sum) {
        return sum.isNull() ? BigInteger.ZERO : new BigInteger(sum.asString());
    }

    /** One line of JSON: {@code {"rows":2,"columns":{"id":[2,"3"]}}}. */
    public String json() {
        ObjectNode root = JSON.createObjectNode().put("rows", rows);
        ObjectNode all = root.putObject("columns");
        columns.forEach((name, column) -> {
            var values = all.putArray(name).add(column.values());
            if (column.sum() != null) {
                values.add(column.sum().toPlainString());
            }
        });
        if (content != null) {
            root.putArray("content")
                    .add(content.first().toString())
                    .add(content.second().toString());
        }
        return root.toString();
    }

    /** The same without the content. */
    public Sums withoutContent() {
        return new Sums(rows, columns);
    }

    /** The sums of the rows of both; a column that only one side has keeps what it has there. */
    public Sums plus(Sums other) {
        Map<String, ColumnSum> both = new LinkedHashMap<>(columns);
        other.columns.forEach((name, column) -> both.merge(name, column, ColumnSum::plus));
        Content contents = content == null || other.content == null ? null : content.plus(other.content);
        return new Sums(rows + other.rows, both, contents);
    }

    /** What differs first, in words, or nothing when both are equal. */
    public Optional<String> difference(Sums other) {
        if (rows != other.rows) {
            return Optional.of(rows + " rows here, " + other.rows + " there");
        }
        for (Map.Entry<String, ColumnSum> column : columns.entrySet()) {
            ColumnSum there = other.columns.get(column.getKey());
            if (!column.getValue().equals(there)) {
                return Optional.of("column " + column.getKey() + ": " + words(column.getValue()) + " here, "
                        + (there == null ? "no such column" : words(there)) + " there");
            }
        }
        Optional<String> onlyThere = other.columns.keySet().stream()
                .filter(name -> !columns.containsKey(name))
                .findFirst()
                .map(name -> "column " + name + " is only there");
        return onlyThere.isEmpty() && !Objects.equals(content, other.content)
                ? Optional.of("the hashes of the rows")
                : onlyThere;
    }

    private static String words(ColumnSum column) {
        return column.values() + " values"
                + (column.sum() == null ? "" : " with sum " + column.sum().toPlainString());
    }

    private static ColumnSum columnSum(JsonNode values) {
        BigDecimal sum = null;
        for (int i = 1; i < values.size(); i++) {
            JsonNode addend = values.get(i);
            BigDecimal value = addend.isNull() ? BigDecimal.ZERO : new BigDecimal(addend.asString());
            sum = sum == null ? value : sum.add(value);
        }
        return new ColumnSum(values.get(0).asLong(), sum);
    }

    private static List<String> addends(String name, LeatType type) {
        return switch (type) {
            case LeatType.Decimal decimal -> decimalAddends(name, decimal);
            case LeatType.ListOf list -> List.of();
            case LeatType.Struct struct -> List.of();
            case LeatType.Simple simple ->
                switch (simple) {
                    case INTEGER, INT8, INT16, INT32 -> List.of("sum(" + name + ")");
                    case TIMESTAMP, LOCAL_TIMESTAMP, TIME -> List.of("sum(epoch_us(" + name + "))");
                    case DATE -> List.of("sum(" + name + " - DATE '1970-01-01')");
                    case BOOLEAN -> List.of("count(*) FILTER (WHERE " + name + ")");
                    case STRING, JSON -> List.of("sum(strlen(" + name + "))");
                    case BINARY -> List.of("sum(octet_length(" + name + "))");
                    case DOUBLE, UUID -> List.of();
                };
        };
    }

    /** DuckDB's sum of wide decimals overflows at 38 digits; only the values that could reach that go the dear way. */
    private static List<String> decimalAddends(String name, LeatType.Decimal decimal) {
        int safe = 28;
        if (decimal.precision() <= safe) {
            return List.of("sum(" + name + ")");
        }
        String unscaled = "sum(CAST(replace(CAST(%s AS VARCHAR), '.', '') AS BIGNUM))";
        if (decimal.scale() > safe) {
            return List.of(unscaled.formatted(name) + " || 'E-" + decimal.scale() + "'");
        }
        String narrow = "TRY_CAST(" + name + " AS DECIMAL(" + safe + ", " + decimal.scale() + "))";
        return List.of(
                "sum(" + narrow + ")",
                unscaled.formatted("CASE WHEN " + narrow + " IS NULL THEN " + name + " END") + " || 'E-"
                        + decimal.scale() + "'");
    }
}
