package io.leat.target.postgres;

import io.leat.name.EnvironmentName;
import io.leat.schema.Fold;
import io.leat.schema.LeatType;
import io.leat.schema.Provenance;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table as it is in the database.
 *
 * @param hasSchema whether its schema is there
 * @param kind as {@code pg_class.relkind} says; null if there is nothing of this name
 * @param columns by name, in their order
 * @param registration what Leat has noted of it; empty: nothing
 */
record TableState(
        boolean hasSchema, @Nullable String kind, Map<String, Format> columns, Optional<Registration> registration) {

    TableState {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** A column's type as {@code format_type} writes it, and its comment. */
    record Format(String type, @Nullable String comment) {}

    /** Who may change a table's rows: a state store, in one of its environments. */
    record Owner(String storeId, EnvironmentName environment) {}

    /**
     * What Leat has made of a table.
     *
     * @param columns the user's, with the types that the contract gave them
     * @param way how its rows come there
     */
    record Registration(Owner owner, Map<String, LeatType> columns, Way way) {
        Registration {
            columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        }
    }

    /**
     * How rows come into a table.
     *
     * @param text {@link #LOADED}, {@link #CHANGES}, {@link #UNMADE}, or {@link io.leat.schema.Fold#json} by which the table is made of
     *     changes
     */
    record Way(String text) {
        static final Way LOADED = new Way("loaded");
        /** Another table is made of them. */
        static final Way CHANGES = new Way("changes");
        /** It is to be made of changes, of all of them with the next load. */
        static final Way UNMADE = new Way("unmade");

        static Way madeBy(Fold fold) {
            return new Way(fold.json());
        }

        boolean isMadeOfChanges() {
            return !equals(LOADED) && !equals(CHANGES);
        }
    }

    boolean exists() {
        return kind != null;
    }

    /** A table or a partitioned one; nothing else takes rows by COPY and gives them up by DELETE alike. */
    boolean isTable() {
        return "r".equals(kind) || "p".equals(kind);
    }

    boolean hasProvenance() {
        return Provenance.columns().stream()
                .allMatch(column -> columns.containsKey(column.name())
                        && columns.get(column.name()).type().equals(ColumnTypes.of(column.type())));
    }
}
