package io.leat.step;

import io.leat.config.Located;
import io.leat.config.Problem;
import io.leat.config.Problems;
import io.leat.lake.DuckDb;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.Sql;
import io.leat.schema.LeatType;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks at SQL that users wrote before any row meets it: with DuckDB's own parser, whether it is one expression over the columns of
 * a row that gives the same result each time; with its binder, whether columns and functions exist, and of what type the result is.
 */
public final class Expressions {

    private static final ObjectMapper JSON = JsonMapper.shared();

    /** Of no stability in the catalogue of functions, or keywords that are no functions for the parser. */
    private static final Set<String> NEVER = Set.of(
            "current_timestamp",
            "localtimestamp",
            "localtime",
            "current_time",
            "current_user",
            "session_user",
            "user",
            "getenv",
            "ago",
            "read_text",
            "read_blob",
            "pg_sleep",
            "nextval",
            "age_now");

    private final DuckDb duckDb;
    private final Set<String> unstable = new HashSet<>(NEVER);
    private final Set<String> aggregates = new HashSet<>();

    public Expressions(DuckDb duckDb) {
        this.duckDb = duckDb;
        duckDb.stream("""
                SELECT DISTINCT lower(function_name), function_type = 'aggregate'
                FROM duckdb_functions()
                WHERE function_type = 'aggregate' OR stability IN ('VOLATILE', 'CONSISTENT_WITHIN_QUERY')""", row -> (row.getBoolean(2) ? aggregates : unstable).add(row.getString(1)));
    }

    /** The text as one expression in an SQL statement: comments and line ends of it end inside. */
    public static String embedded(String expression) {
        return "(" + expression + "\n)";
    }

    /**
     * The type of an expression over a row with these columns, or empty after a problem was added.
     *
     * @param columns names and types of the row's columns
     */
    public Optional<LeatType> type(Located<String> expression, Map<String, LeatType> columns, Problems problems) {
        if (!isRowExpression(expression, "SELECT " + embedded(expression.value()), columns, problems)) {
            return Optional.empty();
        }
        return sqlType(expression, columns, problems).flatMap(sqlType -> {
            try {
                return Optional.of(LeatType.ofDuckDb(sqlType));
            } catch (IllegalArgumentException unknown) {
                problems.add(new Problem(
                        ErrorCode.WRONG_VALUE,
                        expression.mark(),
                        "the expression is of the type " + sqlType + ", which no table can hold",
                        null,
                        "cast it, for example CAST(… AS BIGINT)"));
                return Optional.empty();
            }
        });
    }

    /** Whether it is an expression that can be true or false; a problem was added if not. */
    public boolean isCondition(Located<String> expression, Map<String, LeatType> columns, Problems problems) {
        Optional<LeatType> type = type(expression, columns, problems);
        if (type.isPresent() && type.get() != LeatType.BOOLEAN) {
            problems.add(new Problem(
                    ErrorCode.WRONG_VALUE,
                    expression.mark(),
                    "a condition is true or false, but this expression is of type "
                            + type.get().text()));
            return false;
        }
        return type.isPresent();
    }

    /** Whether it can stand after ORDER BY; a problem was added if not. */
    public boolean isOrder(Located<String> order, Map<String, LeatType> columns, Problems problems) {
        String sql = "SELECT 1 ORDER BY " + order.value() + "\n";
        return isRowExpression(order, sql, columns, problems)
                && binds(order, "SELECT 1 FROM " + emptyRow(columns) + " ORDER BY " + order.value() + "\n", problems);
    }

    /** The first function or keyword in a parsed statement (a tree of {@code json_serialize_sql}) whose result changes, if any. */
    public Optional<String> unstableIn(JsonNode tree, Set<String> columnNames) {
        return tree.findParents("class").stream()
                .flatMap(node -> unstableName(node, columnNames).stream())
                .findFirst();
    }

    private Optional<String> unstableName(JsonNode node, Set<String> columnNames) {
        String kind = node.path("class").asString("");
        if (kind.equals("FUNCTION") || kind.equals("WINDOW")) {
            String name = node.path("function_name").asString("").toLowerCase(Locale.ROOT);
            return unstable.contains(name) ? Optional.of(name) : Optional.empty();
        }
        JsonNode names = node.path("column_names");
        if (kind.equals("COLUMN_REF") && names.size() == 1) {
            String name = names.get(0).asString().toLowerCase(Locale.ROOT);
            return unstable.contains(name) && !columnNames.contains(name) ? Optional.of(name) : Optional.empty();
        }
        return Optional.empty();
    }

    private boolean isRowExpression(
            Located<String> expression, String sql, Map<String, LeatType> columns, Problems problems) {
        JsonNode tree = JSON.readTree(duckDb.one("SELECT json_serialize_sql(?)", row -> row.getString(1), sql)
                .orElseThrow());
        if (tree.path("error").asBoolean()) {
            problems.add(new Problem(
                    ErrorCode.SQL_SYNTAX,
                    expression.mark(),
                    "the SQL cannot be understood: "
                            + tree.path("error_message")
                                    .asString("")
                                    .lines()
                                    .findFirst()
                                    .orElse("")));
            return false;
        }
        JsonNode select = tree.path("statements").path(0).path("node");
        boolean one = tree.path("statements").size() == 1
                && select.path("type").asString("").equals("SELECT_NODE")
                && select.path("select_list").size() == 1
                && select.path("from_table").path("type").asString("").equals("EMPTY")
                && select.path("where_clause").isNull()
                && select.path("group_expressions").isEmpty()
                && select.path("having").isNull()
                && select.path("qualify").isNull();
        if (!one) {
            return refused(expression, "this is more than one SQL expression", problems);
        }
        Set<String> names = columns.keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Optional<String> changing = unstableIn(tree, names);
        if (changing.isPresent()) {
            problems.add(new Problem(
                    ErrorCode.NOT_DETERMINISTIC,
                    expression.mark(),
                    changing.get() + " gives another result each time, so a second load would give another table",
                    null,
                    "take the value from the source, or from the window"));
            return false;
        }
        for (JsonNode node : tree.findParents("class")) {
            String kind = node.path("class").asString("");
            String function = node.path("function_name").asString("").toLowerCase(Locale.ROOT);
            if (kind.equals("SUBQUERY")
                    || kind.equals("WINDOW")
                    || kind.equals("FUNCTION") && aggregates.contains(function)) {
                return refused(
                        expression,
                        "a step sees one row at a time: no subqueries, aggregates, windows; those belong to models",
                        problems);
            }
        }
        return true;
    }

    private Optional<String> sqlType(Located<String> expression, Map<String, LeatType> columns, Problems problems) {
        try {
            return duckDb.one(
                    "SELECT column_type FROM (DESCRIBE SELECT " + embedded(expression.value()) + " AS v FROM "
                            + emptyRow(columns) + ")",
                    row -> row.getString(1));
        } catch (PipelineException unbound) {
            return unbound(expression, unbound, problems);
        }
    }

    private boolean binds(Located<String> expression, String sql, Problems problems) {
        try {
            duckDb.one("SELECT count(*) FROM (DESCRIBE " + sql + ")", row -> row.getLong(1));
            return true;
        } catch (PipelineException unbound) {
            unbound(expression, unbound, problems);
            return false;
        }
    }

    private static Optional<String> unbound(Located<String> expression, PipelineException failure, Problems problems) {
        String message = failure.message()
                .lines()
                .takeWhile(line -> !line.isBlank() && !line.startsWith("LINE "))
                .collect(Collectors.joining(" "))
                .replaceFirst("^(Binder|Catalog|Parser) Error: ", "");
        problems.add(new Problem(ErrorCode.SQL_SYNTAX, expression.mark(), "the SQL cannot be understood: " + message));
        return Optional.empty();
    }

    private static boolean refused(Located<String> expression, String message, Problems problems) {
        problems.add(new Problem(ErrorCode.SQL_SYNTAX, expression.mark(), message));
        return false;
    }

    /** A relation named {@code this} without rows. */
    private static String emptyRow(Map<String, LeatType> columns) {
        String list = columns.entrySet().stream()
                .map(column -> "CAST(NULL AS " + column.getValue().duckDb() + ") AS " + Sql.identifier(column.getKey()))
                .collect(Collectors.joining(", "));
        return "(SELECT " + (list.isEmpty() ? "NULL AS _leat_nothing" : list) + " LIMIT 0) AS this";
    }
}
