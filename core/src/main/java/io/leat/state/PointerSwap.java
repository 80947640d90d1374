package io.leat.state;

import io.leat.name.TableName;
import org.jspecify.annotations.Nullable;

/**
 * Compare-and-swap of a lake table's current metadata file.
 *
 * @param from what it must be now; null: the table must not exist
 * @param to what it becomes; null: the table is dropped
 */
public record PointerSwap(
        TableName table, @Nullable String from, @Nullable String to) {
    public PointerSwap {
        if (from == null && to == null) {
            throw new IllegalArgumentException("a swap from nothing to nothing: " + table);
        }
    }
}
