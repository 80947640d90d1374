package io.leat.lake;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Queries as DuckDB's parser understands them, columns and functions not looked up.
 *
 * @param json what {@code json_serialize_sql} says
 * @param fault why it cannot be parsed; empty if it can
 */
public record SqlTree(JsonNode json, Optional<SqlFault> fault) {

    private static final JsonMapper JSON = JsonMapper.shared();

    public static SqlTree of(DuckDb duckDb, String sql) {
        JsonNode json = JSON.readTree(duckDb.one("SELECT json_serialize_sql(?)", row -> row.getString(1), sql)
                .orElseThrow());
        return new SqlTree(
                json,
                json.path("error").asBoolean()
                        ? Optional.of(SqlFault.ofParser(
                                json.path("error_message").asString(""),
                                json.path("position").asLong(-1)))
                        : Optional.empty());
    }

    /** The trees of the queries. */
    public JsonNode statements() {
        return json.path("statements");
    }

    /** Every name, in lower case, that may be one of a column; also those of tables before a point and of parameters. */
    public Set<String> columns() {
        Set<String> columns = new TreeSet<>();
        for (JsonNode node : json.findParents("column_names")) {
            if (node.path("class").asString("").equals("COLUMN_REF")) {
                node.path("column_names")
                        .forEach(name -> columns.add(name.asString().toLowerCase(Locale.ROOT)));
            }
        }
        columns.remove("this");
        return columns;
    }

    /** Whether it takes columns by a rule, so that what it refers to cannot be told. */
    public boolean choosesColumns() {
        return json.findParents("class").stream()
                .anyMatch(node -> node.path("class").asString("").equals("STAR")
                        && (!node.path("exclude_list").isEmpty()
                                || !node.path("qualified_exclude_list").isEmpty()
                                || !node.path("replace_list").isEmpty()
                                || node.path("columns").asBoolean()));
    }
}
