package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.LoadId;
import io.leat.name.PipelineName;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A published load, a row of the ledger.
 *
 * @param target what was filled, by its name: a table of the lake as {@code schema.name}
 * @param sourceSeen the last change of the source that it had seen; null if the slice is no window of a pipeline
 * @param storeId the store whose counter drew the token
 * @param replacedBy the load that took its place; null while readers see this one
 * @param quarantine why nothing may be built on it; null if all is well
 */
public record Load(
        LoadId loadId,
        EnvironmentName environment,
        PipelineName pipeline,
        Slice slice,
        int generation,
        String target,
        String storeId,
        long token,
        long rows,
        long rejected,
        @Nullable String sums,
        @Nullable String sourceToken,
        @Nullable String fingerprint,
        @Nullable String inputs,
        @Nullable Long sourceSeen,
        @Nullable Instant windowStart,
        @Nullable Instant windowEnd,
        Instant committedAt,
        @Nullable LoadId replacedBy,
        @Nullable String quarantine) {

    /** The window that the slice is; empty for slices of another kind. */
    public Optional<Window> window() {
        return slice instanceof Slice.OfWindow(Window window) ? Optional.of(window) : Optional.empty();
    }

    /** Whether readers see it. */
    public boolean published() {
        return replacedBy == null;
    }
}
