package io.leat.state;

import io.leat.name.PipelineName;
import org.jspecify.annotations.Nullable;

/**
 * What the newest generations of one pipeline's slices did since an instant, added up.
 *
 * @param loaded slices that were published and audited
 * @param attempts further attempts that were needed
 * @param longestWaitMillis the longest time from the end of a window to the end of its first load; null if none was loaded
 */
public record Activity(
        PipelineName pipeline,
        long loaded,
        long skipped,
        long failed,
        long cancelled,
        long attempts,
        long read,
        long staged,
        long rejected,
        @Nullable Long longestWaitMillis) {}
