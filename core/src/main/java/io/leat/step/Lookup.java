package io.leat.step;

import io.leat.schema.LeatType;
import java.util.Map;
import java.util.Optional;

/**
 * Where an {@link Step.Enrich enrich} step looks rows up.
 *
 * @param relation SQL of a query
 * @param columns names and types of its columns
 */
public record Lookup(String relation, Map<String, LeatType> columns) {

    /** Finds what stands after {@code with}: a table of the lake or a file. */
    @FunctionalInterface
    public interface Resolver {
        Optional<Lookup> find(String with);
    }

    /** Something that has to hold before rows are looked up: the query gives keys that occur more than once. */
    public record Uniqueness(String with, String key, String query) {}
}
