package io.leat.lake;

import io.leat.schema.LeatType;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/** One change of a table's columns. Paths name nested fields as Iceberg does: {@code point.x}, {@code tags.element}. */
public sealed interface SchemaChange {

    /** The change in words. */
    String text();

    /** A new column, or a new field of the struct {@code parent}; NULL in the rows that are there. */
    record Add(
            @Nullable String parent,
            String name,
            LeatType type,
            @Nullable String description) implements SchemaChange {
        @Override
        public String text() {
            return "add " + (parent == null ? name : parent + "." + name) + " " + type.text();
        }
    }

    /** A new column after all others: one of Leat's own. */
    record Append(String name, LeatType type, @Nullable String description) implements SchemaChange {
        @Override
        public String text() {
            return "add " + name + " " + type.text();
        }
    }

    /** Another name for the same column. */
    record Rename(String from, String to) implements SchemaChange {
        @Override
        public String text() {
            return "rename " + from + " to " + to;
        }
    }

    /** A type that holds all values of the one before. */
    record Widen(String path, LeatType from, LeatType to) implements SchemaChange {
        @Override
        public String text() {
            return "widen " + path + " from " + from.text() + " to " + to.text();
        }
    }

    /** The column is gone; its values stay in the old files unseen. */
    record Drop(String name) implements SchemaChange {
        @Override
        public String text() {
            return "drop " + name;
        }
    }

    /** Another description. */
    record Describe(String name, @Nullable String description) implements SchemaChange {
        @Override
        public String text() {
            return "describe " + name;
        }
    }

    /** Makes the change part of an Iceberg update. */
    static void apply(SchemaChange change, UpdateSchema update, String before) {
        switch (change) {
            case Add add -> {
                var type = IcebergTypes.of(add.type(), () -> 0);
                if (add.parent() != null) {
                    update.addColumn(add.parent(), add.name(), type, add.description());
                } else {
                    update.addColumn(null, add.name(), type, add.description());
                    update.moveBefore(add.name(), before);
                }
            }
            case Append append ->
                update.addColumn(null, append.name(), IcebergTypes.of(append.type(), () -> 0), append.description());
            case Rename rename -> update.renameColumn(rename.from(), rename.to());
            case Widen widen -> {
                Type to = IcebergTypes.of(widen.to(), () -> 0);
                if (!to.equals(IcebergTypes.of(widen.from(), () -> 0))) {
                    update.updateColumn(widen.path(), to.asPrimitiveType());
                }
            }
            case Drop drop -> update.deleteColumn(drop.name());
            case Describe describe -> update.updateColumnDoc(describe.name(), describe.description());
        }
    }
}
