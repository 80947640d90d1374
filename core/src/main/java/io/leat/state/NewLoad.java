package io.leat.state;

import io.leat.name.LoadId;
import org.jspecify.annotations.Nullable;

/**
 * A load that is to be published.
 *
 * @param record in progress, with the token that must still be the fence of its slice
 * @param target what was filled, by its name: a table of the lake as {@code schema.name}
 * @param inputs what was read (load ids, snapshots), as JSON
 * @param sourceSeen the last change of the source that was seen; null if the slice is no window of a pipeline
 */
public record NewLoad(
        Record record,
        LoadId loadId,
        String target,
        long rows,
        long rejected,
        @Nullable String sums,
        @Nullable String sourceToken,
        @Nullable String fingerprint,
        @Nullable String inputs,
        @Nullable Long sourceSeen) {}
