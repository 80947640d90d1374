package io.leat.step;

import io.leat.config.Located;
import io.leat.config.Problem;
import io.leat.config.Problems;
import io.leat.config.WrittenValue;
import io.leat.lake.DuckDb;
import io.leat.lake.EmptyRows;
import io.leat.lake.SqlFault;
import io.leat.lake.SqlTree;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.schema.KnownColumns;
import io.leat.schema.LeatType;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Looks at SQL that users wrote before any row meets it: with DuckDB's own parser, whether it is one expression over the columns of
 * a row that gives the same result each time; with its binder, whether columns and functions exist, and of what type the result is.
 */
public final class Expressions {

    /** Keywords that are also names which people give to columns. */
    private static final Set<String> MAYBE_COLUMNS = Set.of("user");

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

    public Expressions(DuckDb duckDb) {
        this.duckDb = duckDb;
    }

    /** The text as one expression in an SQL statement: comments and line ends of it end inside. */
    public static String embedded(String expression) {
        return "(" + expression + "\n)";
    }

    /**
     * The type of an expression over a row with these columns; empty if that depends on what is not known of them, or after a problem
     * was added. What is told of columns that may be there is only what certainly is wrong.
     */
    public Optional<LeatType> type(Located<String> expression, KnownColumns columns, Problems problems) {
        Optional<SqlTree> tree = rowExpression(expression, "SELECT (", "\n)", columns, problems);
        return tree.flatMap(parsed -> sqlType(expression, parsed, columns, problems))
                .flatMap(sqlType -> {
                    try {
                        return Optional.of(LeatType.ofDuckDb(sqlType));
                    } catch (IllegalArgumentException unknown) {
                        problems.add(new Problem(
                                        ErrorCode.WRONG_VALUE,
                                        expression.mark(),
                                        "the expression is of the type " + sqlType + ", which no table can hold")
                                .hinting("cast it, for example CAST(… AS BIGINT)"));
                        return Optional.empty();
                    }
                });
    }

    /** The same for a row of which everything is known. */
    public Optional<LeatType> type(Located<String> expression, Map<String, LeatType> columns, Problems problems) {
        return type(expression, new KnownColumns(columns, Set.of(), false), problems);
    }

    /** Whether it can be true or false; if it certainly cannot a problem was added. */
    public boolean isCondition(Located<String> expression, KnownColumns columns, Problems problems) {
        int before = problems.count();
        Optional<LeatType> type = type(expression, columns, problems);
        if (type.isPresent() && type.get() != LeatType.BOOLEAN) {
            problems.add(new Problem(
                    ErrorCode.WRONG_VALUE,
                    expression.mark(),
                    "a condition is true or false, but this expression is of type "
                            + type.get().text()));
        }
        return problems.count() == before;
    }

    /** Whether it can stand after ORDER BY; if it certainly cannot a problem was added. */
    public boolean isOrder(Located<String> order, KnownColumns columns, Problems problems) {
        int before = problems.count();
        rowExpression(order, "SELECT 1 ORDER BY ", "\n", columns, problems).ifPresent(tree -> {
            EmptyRows rows = EmptyRows.of(columns, tree);
            String prefix = "SELECT count(*) FROM (DESCRIBE SELECT 1 FROM (" + rows.query() + ") AS this ORDER BY ";
            try {
                duckDb.one(prefix + order.value() + "\n)", row -> row.getLong(1));
            } catch (PipelineException unbound) {
                unbound(order, SqlFault.of(unbound).behind(prefix), rows, problems);
            }
        });
        return problems.count() == before;
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
            return isUnstable(name) ? Optional.of(name) : Optional.empty();
        }
        JsonNode names = node.path("column_names");
        if (kind.equals("COLUMN_REF") && names.size() == 1) {
            String name = names.get(0).asString().toLowerCase(Locale.ROOT);
            return isUnstable(name) && !columnNames.contains(name) ? Optional.of(name) : Optional.empty();
        }
        return Optional.empty();
    }

    private boolean isUnstable(String name) {
        return NEVER.contains(name) || duckDb.functions().isChanging(name);
    }

    private Optional<SqlTree> rowExpression(
            Located<String> expression, String prefix, String suffix, KnownColumns columns, Problems problems) {
        SqlTree tree = SqlTree.of(duckDb, prefix + expression.value() + suffix);
        if (tree.fault().isPresent()) {
            problems.add(problem(expression, tree.fault().get().behind(prefix)));
            return Optional.empty();
        }
        JsonNode select = tree.statements().path(0).path("node");
        boolean one = tree.statements().size() == 1
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
        Optional<String> changing = unstableIn(tree.json(), names(columns));
        if (changing.isPresent()) {
            problems.add(new Problem(
                    ErrorCode.NOT_DETERMINISTIC,
                    expression.mark(),
                    changing.get() + " gives another result each time, so a second load would give another table",
                    null,
                    "take the value from the source, or from the window"));
            return Optional.empty();
        }
        for (JsonNode node : tree.json().findParents("class")) {
            String kind = node.path("class").asString("");
            String function = node.path("function_name").asString("").toLowerCase(Locale.ROOT);
            if (kind.equals("SUBQUERY")
                    || kind.equals("WINDOW")
                    || kind.equals("FUNCTION") && duckDb.functions().isAggregate(function)) {
                return refused(
                        expression,
                        "a step sees one row at a time: no subqueries, aggregates, windows; those belong to models",
                        problems);
            }
        }
        return Optional.of(tree);
    }

    /** A column that is not declared may have a name that would otherwise be a keyword. */
    private static Set<String> names(KnownColumns columns) {
        Set<String> names = new HashSet<>(columns.open() ? MAYBE_COLUMNS : Set.of());
        columns.names().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        return names;
    }

    private Optional<String> sqlType(
            Located<String> expression, SqlTree tree, KnownColumns columns, Problems problems) {
        EmptyRows rows = EmptyRows.of(columns, tree);
        String prefix = "SELECT column_type FROM (DESCRIBE SELECT (";
        String sql = prefix + expression.value() + "\n) AS v FROM (" + rows.query() + ") AS this)";
        try {
            Optional<String> type = duckDb.one(sql, row -> row.getString(1));
            return rows.certain() ? type : Optional.empty();
        } catch (PipelineException unbound) {
            unbound(expression, SqlFault.of(unbound).behind(prefix), rows, problems);
            return Optional.empty();
        }
    }

    private static void unbound(Located<String> expression, SqlFault fault, EmptyRows rows, Problems problems) {
        if (rows.proves(fault)) {
            problems.add(problem(expression, fault));
        }
    }

    private static Problem problem(Located<String> expression, SqlFault fault) {
        var mark = WrittenValue.mark(expression, fault.offsetIn(expression.value()));
        var problem = new Problem(ErrorCode.SQL_SYNTAX, mark, "the SQL cannot be understood: " + fault.message());
        return fault.hint().map(problem::hinting).orElse(problem);
    }

    private static <T> Optional<T> refused(Located<String> expression, String message, Problems problems) {
        problems.add(new Problem(ErrorCode.SQL_SYNTAX, expression.mark(), message));
        return Optional.empty();
    }
}
