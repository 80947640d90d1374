package io.leat.model;

import io.leat.name.Sql;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** SQLMesh's own audits, as queries over {@code @this_model} that give the bad rows or what is wrong with the table. */
enum BuiltInAudit {
    NOT_NULL(
            List.of("columns"),
            List.of(),
            it -> "SELECT * FROM " + it.rows() + " WHERE " + it.any("columns", "%s IS NULL")),
    UNIQUE_VALUES(
            List.of("columns"),
            List.of(),
            it -> it.each("columns").stream()
                    .map(column -> "SELECT " + Sql.literal(column) + " AS column_name, CAST(" + column
                            + " AS VARCHAR) AS value, count(*) AS occurrences FROM " + it.rows() + " GROUP BY " + column
                            + " HAVING count(*) > 1")
                    .collect(Collectors.joining(" UNION ALL "))),
    UNIQUE_COMBINATION_OF_COLUMNS(
            List.of("columns"),
            List.of(),
            it -> "SELECT " + it.list("columns") + ", count(*) AS occurrences FROM " + it.rows() + " GROUP BY "
                    + it.list("columns") + " HAVING count(*) > 1"),
    ACCEPTED_VALUES(
            List.of("column", "is_in"),
            List.of(),
            it -> "SELECT * FROM " + it.rows() + " WHERE " + it.one("column") + " NOT IN (" + it.list("is_in") + ")"),
    NOT_ACCEPTED_VALUES(
            List.of("column", "is_in"),
            List.of(),
            it -> "SELECT * FROM " + it.rows() + " WHERE " + it.one("column") + " IN (" + it.list("is_in") + ")"),
    NUMBER_OF_ROWS(
            List.of("threshold"),
            List.of(),
            it -> "SELECT count(*) AS number_of_rows FROM " + it.rows() + " HAVING count(*) <= " + it.one("threshold")),
    ACCEPTED_RANGE(
            List.of("column"),
            List.of("min_v", "max_v", "inclusive"),
            it -> "SELECT * FROM " + it.rows() + " WHERE FALSE"
                    + it.bound("min_v", it.isFalse("inclusive") ? "<=" : "<")
                    + it.bound("max_v", it.isFalse("inclusive") ? ">=" : ">")),
    FORALL(
            List.of("criteria"),
            List.of(),
            it -> "SELECT * FROM " + it.rows() + " WHERE " + it.any("criteria", "NOT %s")),
    AT_LEAST_ONE(
            List.of("column"),
            List.of(),
            it -> "SELECT count(*) AS number_of_rows FROM " + it.rows() + " HAVING count(*) > 0 AND count("
                    + it.one("column") + ") = 0"),
    NOT_CONSTANT(
            List.of("column"),
            List.of(),
            it -> "SELECT count(DISTINCT " + it.one("column") + ") AS distinct_values FROM " + it.rows()
                    + " HAVING count(DISTINCT " + it.one("column") + ") <= 1"),
    NOT_NULL_PROPORTION(
            List.of("column", "threshold"),
            List.of(),
            it -> "SELECT count(*) AS number_of_rows, count(" + it.one("column") + ") AS not_null FROM " + it.rows()
                    + " HAVING count(" + it.one("column") + ") <= count(*) * (" + it.one("threshold") + ")"),
    NOT_EMPTY_STRING(
            List.of("column"), List.of(), it -> "SELECT * FROM " + it.rows() + " WHERE " + it.one("column") + " = ''"),
    STRING_LENGTH_EQUAL(
            List.of("column", "v"),
            List.of(),
            it -> "SELECT * FROM " + it.rows() + " WHERE length(" + it.one("column") + ") <> " + it.one("v")),
    STRING_LENGTH_BETWEEN(
            List.of("column", "min_v", "max_v"),
            List.of(),
            it -> "SELECT * FROM " + it.rows() + " WHERE length(" + it.one("column") + ") NOT BETWEEN "
                    + it.one("min_v") + " AND " + it.one("max_v")),
    MATCH_REGEX_PATTERN_LIST(
            List.of("column", "patterns"),
            List.of(),
            it -> "SELECT * FROM " + it.rows() + " WHERE NOT ("
                    + it.any("patterns", "regexp_matches(" + it.one("column") + ", %s)") + ")"),
    NOT_MATCH_REGEX_PATTERN_LIST(
            List.of("column", "patterns"),
            List.of(),
            it -> "SELECT * FROM " + it.rows() + " WHERE "
                    + it.any("patterns", "regexp_matches(" + it.one("column") + ", %s)"));

    private static final List<String> FOR_ALL = List.of("condition", "blocking");

    private final List<String> required;
    private final List<String> optional;
    private final Function<Arguments, String> query;

    BuiltInAudit(List<String> required, List<String> optional, Function<Arguments, String> query) {
        this.required = required;
        this.optional = optional;
        this.query = query;
    }

    static Optional<BuiltInAudit> named(String name) {
        return Arrays.stream(values())
                .filter(audit -> audit.text().equals(name))
                .findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(BuiltInAudit::text).toList();
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<String> required() {
        return required;
    }

    List<String> known() {
        var known = new ArrayList<>(required);
        known.addAll(optional);
        known.addAll(FOR_ALL);
        return known;
    }

    /** The query, for arguments that include all required ones. */
    String sql(Map<String, HeaderValue> arguments) {
        return query.apply(new Arguments(arguments));
    }

    private record Arguments(Map<String, HeaderValue> values) {

        String rows() {
            return values.containsKey("condition")
                    ? "(SELECT * FROM @this_model WHERE " + one("condition") + ") AS this_model"
                    : "@this_model";
        }

        String one(String name) {
            var value = values.get(name);
            return value == null ? "NULL" : "(" + value.slice() + ")";
        }

        List<String> each(String name) {
            var value = values.get(name);
            return value == null
                    ? List.of()
                    : value.items().stream()
                            .map(HeaderValue::slice)
                            .filter(text -> !text.isEmpty())
                            .toList();
        }

        String list(String name) {
            return String.join(", ", each(name));
        }

        String any(String name, String condition) {
            return each(name).stream()
                    .map(text -> "(" + condition.replace("%s", "(" + text + ")") + ")")
                    .collect(Collectors.joining(" OR "));
        }

        String bound(String name, String operator) {
            return values.containsKey(name) ? " OR " + one("column") + " " + operator + " " + one(name) : "";
        }

        boolean isFalse(String name) {
            var value = values.get(name);
            return value != null && value.slice().equalsIgnoreCase("false");
        }
    }
}
