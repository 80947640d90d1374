package io.leat.model;

import io.leat.config.Problem;
import io.leat.config.Problems;
import io.leat.model.Edited.Edit;
import io.leat.model.Template.Table;
import io.leat.name.ErrorCode;
import io.leat.name.TableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds in DuckDB's syntax tree the tables that a query reads, where each stands in the text, and what no model may contain. A name
 * without schema must be that of a common table expression in scope.
 */
final class TreeReader {

    private final Script script;
    private final Edited sample;
    private final Problems problems;
    private final Functions functions;
    private final Map<Integer, Integer> tokenAt = new HashMap<>();
    private final List<Token> tokens;
    private final List<Table> tables = new ArrayList<>();
    private final CastNames castNames;
    private final List<JsonNode> qualifiedColumns = new ArrayList<>();

    TreeReader(Script script, Edited sample, Analyzer analyzer, Problems problems) {
        this.script = script;
        this.sample = sample;
        this.problems = problems;
        this.functions = new Functions(analyzer);
        this.tokens = Tokenizer.tokens(Script.madeFor(script.mark(sample.sliceStart()), sample.text()), new Problems());
        for (int i = 0; i < tokens.size(); i++) {
            tokenAt.put(tokens.get(i).start(), i);
        }
        this.castNames = new CastNames(sample, tokens);
    }

    void read(JsonNode statement) {
        walk(statement, Set.of());
        tables.sort(Comparator.comparingInt(Table::start));
    }

    List<Table> tables() {
        return List.copyOf(tables);
    }

    /** What else must change: names for columns that are only cast, and no schema in {@code schema.table.column}. */
    List<Edit> edits() {
        var edits = new ArrayList<>(castNames.edits());
        edits.addAll(qualifiers());
        return edits;
    }

    private List<Edit> qualifiers() {
        var qualifiers = new ArrayList<Edit>();
        for (JsonNode column : qualifiedColumns) {
            String schema = lower(column.path("column_names").get(0));
            String table = lower(column.path("column_names").get(1));
            boolean read = tables.stream()
                    .anyMatch(at -> at.alias() != null
                            && at.name().schema().equals(schema)
                            && at.name().name().equals(table));
            Integer first = tokenAt.get(offset(column));
            if (read && first != null && first + 2 < tokens.size()) {
                qualifiers.add(new Edit(
                        sample.origin(tokens.get(first).start()),
                        sample.origin(tokens.get(first + 2).start()),
                        ""));
            }
        }
        return qualifiers;
    }

    private void walk(JsonNode node, Set<String> scope) {
        if (node.isArray()) {
            for (JsonNode child : node) {
                walk(child, scope);
            }
        } else if (node.isObject()) {
            var inner = withExpressions(node, scope);
            judge(node, inner);
            for (var property : node.properties()) {
                if (!property.getKey().equals("cte_map")) {
                    walk(property.getValue(), inner);
                }
            }
        }
    }

    /** Walks the common table expressions of a query; each is visible to those after it and to the query. */
    private Set<String> withExpressions(JsonNode node, Set<String> scope) {
        var entries = node.path("cte_map").path("map");
        var inner = new HashSet<>(scope);
        if (node.path("type").asString("").equals("RECURSIVE_CTE_NODE")) {
            inner.add(lower(node.path("cte_name")));
        }
        for (JsonNode entry : entries) {
            walk(entry.path("value"), Collections.unmodifiableSet(new HashSet<>(inner)));
            inner.add(lower(entry.path("key")));
        }
        return inner;
    }

    private void judge(JsonNode node, Set<String> scope) {
        switch (node.path("type").asString("")) {
            case "BASE_TABLE" -> table(node, scope);
            case "TABLE_FUNCTION" -> tableFunction(node);
            case "SHOW_REF" ->
                refuse(
                        ErrorCode.UNSUPPORTED,
                        node,
                        "DESCRIBE, SUMMARIZE and SHOW are no part of a model",
                        "SELECT what you need");
            case "VALUE_PARAMETER" ->
                refuse(
                        ErrorCode.UNSUPPORTED,
                        node,
                        "a model has no parameters",
                        "use a variable: @name, with its value in leat.yaml");
            case "SELECT_NODE" -> {
                sameNames(node);
                castNames.read(node);
            }
            case "COLUMN_REF" -> column(node);
            default ->
                functions
                        .judge(node)
                        .ifPresent(refusal -> refuse(refusal.code(), node, refusal.message(), refusal.hint()));
        }
        if (node.path("sample").isObject()) {
            refuse(
                    ErrorCode.NOT_DETERMINISTIC,
                    node,
                    "a sample has other rows each time",
                    "filter by a hash of a key, for example hash(id) % 10 = 0");
        }
    }

    private void table(JsonNode node, Set<String> scope) {
        String schema = lower(node.path("schema_name"));
        String name = lower(node.path("table_name"));
        boolean expression = (schema.isEmpty() || schema.equals("recurring")) && scope.contains(name);
        if (expression) {
            return;
        }
        if (node.path("at_clause").isObject()) {
            refuse(
                    ErrorCode.UNSUPPORTED,
                    node,
                    "AT (…) is not supported in models",
                    "a model reads the current snapshot");
        } else if (!lower(node.path("catalog_name")).isEmpty()) {
            refuse(
                    ErrorCode.UNSUPPORTED,
                    node,
                    "a table has no catalog in front of its schema",
                    "write " + schema + "." + name);
        } else if (schema.isEmpty() && name.matches(".*[./*].*")) {
            refuse(ErrorCode.UNSUPPORTED, node, "a model cannot read a file", Functions.PIPELINE_HINT);
        } else if (schema.isEmpty()) {
            problems.add(problem(ErrorCode.UNKNOWN_NAME, node, "there is no table '" + name + "' without a schema")
                    .hinting("write the schema too, as in bronze." + name)
                    .didYouMean(name, scope));
        } else {
            placed(node, schema, name);
        }
    }

    private void placed(JsonNode node, String schema, String name) {
        TableName table;
        try {
            table = new TableName(schema, name);
        } catch (IllegalArgumentException notATable) {
            refuse(ErrorCode.UNKNOWN_NAME, node, String.valueOf(notATable.getMessage()), null);
            return;
        }
        var range = range(node, schema, name);
        if (range.isEmpty()) {
            refuse(
                    ErrorCode.UNSUPPORTED,
                    node,
                    "this form of reading " + table + " is not supported",
                    "write SELECT … FROM " + table);
            return;
        }
        boolean aliased = !node.path("alias").asString("").isEmpty();
        String alias = aliased ? null : node.path("table_name").asString("");
        tables.add(new Table(
                sample.origin(tokens.get(range.get()[0]).start()),
                sample.originOfEnd(tokens.get(range.get()[1]).end()),
                table,
                alias));
    }

    /** The first and the last token of {@code schema.name} that stands where DuckDB says. */
    private Optional<int[]> range(JsonNode node, String schema, String name) {
        Integer at = tokenAt.get(offset(node));
        if (at == null) {
            return Optional.empty();
        }
        int first = at + 1 < tokens.size() && tokens.get(at + 1).is(":") ? at + 2 : at;
        boolean fits = first + 2 < tokens.size()
                && tokens.get(first).value().equalsIgnoreCase(schema)
                && tokens.get(first + 1).is(".")
                && tokens.get(first + 2).value().equalsIgnoreCase(name);
        return fits ? Optional.of(new int[] {first, first + 2}) : Optional.empty();
    }

    private void tableFunction(JsonNode node) {
        functions
                .judgeTable(node.path("function").path("function_name").asString(""))
                .ifPresent(refusal -> refuse(refusal.code(), node, refusal.message(), refusal.hint()));
    }

    private void column(JsonNode node) {
        var names = node.path("column_names");
        if (names.size() > 2) {
            qualifiedColumns.add(node);
        }
        Integer at = tokenAt.get(offset(node));
        boolean quoted = at != null && tokens.get(at).kind() == Token.Kind.QUOTED;
        if (names.size() == 1 && !quoted) {
            functions
                    .judgeWord(lower(names.get(0)))
                    .ifPresent(refusal -> refuse(refusal.code(), node, refusal.message(), refusal.hint()));
        }
    }

    /** Two tables of one name and different schemas need aliases: what stands in their place has no schema. */
    private void sameNames(JsonNode select) {
        var seen = new HashMap<String, String>();
        joined(select.path("from_table")).forEach(table -> {
            String name = lower(table.path("table_name"));
            String schema = lower(table.path("schema_name"));
            String other = seen.putIfAbsent(name, schema);
            if (other != null && !other.equals(schema)) {
                refuse(ErrorCode.UNSUPPORTED, table, "two tables are called " + name + " here", "give each an alias");
            }
        });
    }

    private static List<JsonNode> joined(JsonNode from) {
        return switch (from.path("type").asString("")) {
            case "JOIN" -> {
                var both = new ArrayList<>(joined(from.path("left")));
                both.addAll(joined(from.path("right")));
                yield both;
            }
            case "BASE_TABLE" -> from.path("alias").asString("").isEmpty() ? List.of(from) : List.of();
            default -> List.of();
        };
    }

    private void refuse(ErrorCode code, JsonNode node, String message, @Nullable String hint) {
        var problem = problem(code, node, message);
        problems.add(hint == null ? problem : problem.hinting(hint));
    }

    private Problem problem(ErrorCode code, JsonNode node, String message) {
        return script.problem(code, sample.origin(Math.max(0, offset(node))), message);
    }

    /** Where a node stands in the sample text, or negative if DuckDB does not say. */
    private int offset(JsonNode node) {
        long bytes = Locations.of(node);
        return bytes < 0 ? -1 : sample.fromBytes(bytes);
    }

    private static String lower(JsonNode name) {
        return name.asString("").toLowerCase(Locale.ROOT);
    }
}
