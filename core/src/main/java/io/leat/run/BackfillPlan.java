package io.leat.run;

import io.leat.state.Backfill;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a backfill or a restatement will load, before anything is done.
 *
 * @param backfill as it would be started
 * @param parts a pipeline or model each, in the order of loading; those of which nothing is left to do are not there
 */
public record BackfillPlan(Backfill backfill, List<Part> parts) {

    public BackfillPlan {
        parts = List.copyOf(parts);
    }

    /**
     * What of one pipeline or model is loaded.
     *
     * @param rows rows that the target has of its slices now, by the ledger
     * @param named whether it was selected; else it reads what was
     */
    public record Part(Backfill.Range range, String target, long rows, boolean named) {}

    /**
     * A slice that will be loaded.
     *
     * @param name as people type it
     * @param status of its newest record; null if there is none
     * @param rows that the target has of it now, by the ledger
     */
    public record Item(
            String name,
            @Nullable String status,
            long rows,
            @Nullable String loadedAt) {}

    public long slices() {
        return parts.stream().mapToLong(part -> part.range().slices()).sum();
    }
}
