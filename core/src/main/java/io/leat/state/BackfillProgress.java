package io.leat.state;

import io.leat.name.PipelineName;

/** How many slices of a pipeline a backfill has brought to a status. */
public record BackfillProgress(PipelineName pipeline, Status status, long slices) {}
