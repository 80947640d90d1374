package io.leat.state;

import io.leat.name.PipelineName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The newest generations of one pipeline's slices in one status, added up. */
public record PipelineCounts(
        PipelineName pipeline,
        Status status,
        long records,
        long read,
        long staged,
        long rejected,
        @Nullable Instant firstWindowStart,
        @Nullable Instant lastWindowEnd,
        Instant lastUpdated) {}
