package io.leat.target.postgres;

import io.leat.name.EnvironmentName;
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

    /** @param columns the user's, with the types that the contract gave them */
    record Registration(Owner owner, Map<String, LeatType> columns) {
        Registration {
            columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
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
