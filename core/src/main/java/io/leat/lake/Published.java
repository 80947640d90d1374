package io.leat.lake;

import io.leat.state.Load;
import io.leat.state.Record;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a group of loads.
 *
 * @param loads those in the ledger now, which readers see
 * @param records theirs, as they are now
 * @param lost records that somebody else has taken over: nothing of theirs was published, their files are left to the sweep
 * @param metadataLocation the table's metadata file afterwards; null if there is no table
 */
public record Published(
        List<Load> loads,
        List<Record> records,
        List<Record> lost,
        @Nullable String metadataLocation) {
    public Published {
        loads = List.copyOf(loads);
        records = List.copyOf(records);
        lost = List.copyOf(lost);
    }
}
