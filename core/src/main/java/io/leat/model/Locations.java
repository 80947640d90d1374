package io.leat.model;

import tools.jackson.databind.JsonNode;

/** Where DuckDB says that a node of its tree stands. */
final class Locations {

    static final String KEY = "query_location";
    static final String LENGTH_KEY = "query_location_length";

    private Locations() {}

    /** The byte offset in the parsed text, or negative: DuckDB writes 2⁶⁴-1 for no place. */
    static long of(JsonNode node) {
        var location = node.path(KEY);
        return location.isIntegralNumber() && location.canConvertToLong() ? location.longValue() : -1;
    }
}
