package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.PipelineName;
import io.leat.time.Window;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which published windows to look at.
 *
 * @param fingerprint of the pipeline as it is now
 * @param range only windows within it
 * @param openAfter windows that ended at or before it are closed: files change nothing in them; null: none is closed
 */
public record ChangedQuery(
        EnvironmentName environment,
        PipelineName pipeline,
        String fingerprint,
        Window range,
        @Nullable Instant openAfter) {}
