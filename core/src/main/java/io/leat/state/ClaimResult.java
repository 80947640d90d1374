package io.leat.state;

import io.leat.time.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of each slice that was asked for, in the order of asking.
 *
 * @param won in progress now, each with a token of its own
 */
public record ClaimResult(List<Record> won, List<Lost> lost) {
    public ClaimResult {
        won = List.copyOf(won);
        lost = List.copyOf(lost);
    }

    /**
     * A slice that was not claimed.
     *
     * @param record the generation that stands in the way, with its owner, lease or status; null if another asker was
     *     faster and nothing more is known
     */
    public record Lost(Slice slice, Why why, @Nullable Record record) {}

    /** Why a slice was not claimed. */
    public enum Why {
        /** Somebody living holds it, and the lease has not run out. */
        HELD,
        /** It waits for its {@code notBefore}. */
        NOT_YET,
        /** As many claims of the pipeline are in work as may be. */
        LIMIT,
        /** A generation later than the one that was named has ended already. */
        DONE,
        /** Its generations are not what the asker believed. Look again. */
        CHANGED
    }
}
