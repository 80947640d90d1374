package io.leat.model;

import io.leat.model.MacroScan.Moment;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Writes DuckDB's syntax tree so that queries of one meaning give one text: without places, with the names that DuckDB compares
 * without case in lower case, and with the names of time macros instead of the values they were parsed with. Aliases of columns keep
 * their case: they become names, and JSON or UNPIVOT make values of them.
 */
final class CanonicalTree {

    private static final Set<String> CASELESS = Set.of(
            "column_names",
            "schema_name",
            "table_name",
            "catalog_name",
            "function_name",
            "relation_name",
            "using_columns",
            "exclude_list",
            "path",
            "cte_name",
            "type_name",
            "groups");

    private final StringBuilder text = new StringBuilder();
    private final Edited sample;
    private final List<Moment> moments;

    private CanonicalTree(Edited sample, List<Moment> moments) {
        this.sample = sample;
        this.moments = moments;
    }

    static String text(JsonNode tree, Edited sample, List<Moment> moments) {
        var canonical = new CanonicalTree(sample, moments);
        canonical.write(tree, "");
        for (Moment moment : moments) {
            canonical.text.append('@').append(moment.macro().name());
        }
        return canonical.text.toString();
    }

    private void write(JsonNode node, String key) {
        if (node.isArray()) {
            text.append('[');
            for (JsonNode child : node) {
                write(child, key);
                text.append(',');
            }
            text.append(']');
        } else if (node.isObject()) {
            if (!isMoment(node)) {
                object(node);
            }
        } else if (node.isString()) {
            String value = CASELESS.contains(key) ? node.asString().toLowerCase(Locale.ROOT) : node.asString();
            text.append(value.length()).append(':').append(value);
        } else {
            text.append(node);
        }
    }

    private void object(JsonNode node) {
        boolean table = node.has("table_name") || node.has("subquery") && node.has("column_name_alias");
        boolean entry = node.has("key") && node.has("value");
        text.append('{');
        for (var property : node.properties()) {
            String key = property.getKey();
            if (!key.equals(Locations.KEY) && !key.equals(Locations.LENGTH_KEY)) {
                text.append(key).append('=');
                boolean caseless = table && key.equals("alias") || entry && key.equals("key");
                write(property.getValue(), caseless ? "table_name" : key);
                text.append(';');
            }
        }
        text.append('}');
    }

    private boolean isMoment(JsonNode node) {
        long location = Locations.of(node);
        if (location < 0 || moments.isEmpty()) {
            return false;
        }
        int origin = sample.origin(sample.fromBytes(location));
        for (Moment moment : moments) {
            if (moment.start() == origin
                    && node.has("class")
                    && !node.path("class").asString().equals("TYPE")
                    && covers(node, moment)) {
                text.append('@').append(moment.macro().name()).append(';');
                return true;
            }
        }
        return false;
    }

    /** An operator begins where its left side does: only what ends with the macro is the macro. */
    private boolean covers(JsonNode node, Moment moment) {
        long end = Locations.of(node) + node.path(Locations.LENGTH_KEY).asLong(0);
        return sample.originOfEnd(sample.fromBytes(end)) <= moment.end();
    }
}
