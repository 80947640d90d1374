package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.PipelineName;
import io.leat.time.IntervalSet;
import java.util.List;
import java.util.Optional;

/** Reads what people asked to be loaded. */
public interface BackfillReader {

    Optional<Backfill> backfill(String id);

    /** Newest first. */
    List<Backfill> backfills(EnvironmentName environment, int limit);

    /** Those that run, oldest first. */
    List<Backfill> runningBackfills(EnvironmentName environment);

    /** How far it has come. */
    List<BackfillProgress> progress(String backfill);

    /** The windows of a pipeline of which nothing is left to do for a backfill: it has ended them, or leaves them alone. */
    IntervalSet settledWindows(Backfill backfill, PipelineName pipeline);
}
