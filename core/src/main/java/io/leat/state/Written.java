package io.leat.state;

import java.util.List;

/**
 * The outcome of a write to several records.
 *
 * @param updated the records as they are now, in the order given
 * @param lost those that the writer no longer holds: nothing was written for them, stop working on them
 */
public record Written(List<Record> updated, List<Record> lost) {
    public Written {
        updated = List.copyOf(updated);
        lost = List.copyOf(lost);
    }

    /** The records as they are now. @throws LostLeaseException if any was lost; the others are written all the same */
    public List<Record> orThrow() {
        if (!lost.isEmpty()) {
            throw new LostLeaseException(lost.getFirst());
        }
        return updated;
    }
}
