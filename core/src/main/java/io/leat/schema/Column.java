package io.leat.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A column of a table: {@code required} says that it never holds NULL. */
public record Column(
        String name,
        LeatType type,
        boolean required,
        @Nullable String description) {

    public Column {
        Names.requireUnique(List.of(name), "column");
    }

    /** A column that may hold NULL and has no description. */
    public static Column of(String name, LeatType type) {
        return new Column(name, type, false, null);
    }

    public Column renamed(String newName) {
        return new Column(newName, type, required, description);
    }

    public Column typed(LeatType newType) {
        return new Column(name, newType, required, description);
    }

    public Column requiredToBe(boolean nowRequired) {
        return new Column(name, type, nowRequired, description);
    }
}
