package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.PipelineName;
import io.leat.name.RunId;
import io.leat.time.IntervalSet;
import io.leat.time.Slice;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads records. Unless said otherwise a slice stands for its newest generation. */
public interface RecordReader {

    Optional<Record> record(long id);

    /** The newest generation of a slice. */
    Optional<Record> record(EnvironmentName environment, PipelineName pipeline, Slice slice);

    /** The newest generations of those of the slices that have any. */
    Map<Slice, Record> records(EnvironmentName environment, PipelineName pipeline, Collection<? extends Slice> slices);

    /** The newest generations of the slices with this label, as people type it; mostly one. */
    List<Record> recordsLabelled(EnvironmentName environment, PipelineName pipeline, String label);

    /** All generations of a slice, oldest first. */
    List<Record> generations(EnvironmentName environment, PipelineName pipeline, Slice slice);

    List<Record> records(RecordQuery query);

    /** How many records the query would list without its limit. */
    long count(RecordQuery query);

    /** The records that a run claimed last, in the order of claims. */
    List<Record> recordsOf(RunId run, int limit, int offset);

    /** The records of a claim that nobody has taken away since. */
    Set<Long> held(long claim);

    /**
     * Records that could be claimed now, oldest window first: pending and due, or in progress with a lease that has run out
     * or an owner that is dead on this machine.
     */
    List<Record> claimable(EnvironmentName environment, PipelineName pipeline, int limit);

    /** The windows of a pipeline that have a record, of whatever status. */
    IntervalSet recorded(EnvironmentName environment, PipelineName pipeline);

    /** The windows of a pipeline by the status of their newest generation, as runs of adjacent windows in time order. */
    List<WindowRun> windowRuns(EnvironmentName environment, PipelineName pipeline);

    /** Records and rows of every pipeline by status. */
    List<PipelineCounts> counts(EnvironmentName environment);

    /** What every pipeline has done since an instant, by name. */
    List<Activity> activity(EnvironmentName environment, Instant since);

    /** The record of every pipeline that changed last. */
    List<Record> lastUpdated(EnvironmentName environment);

    /** What happened to a record and is no longer in its row, oldest first. */
    List<RecordEvent> events(long recordId);

    /** The check results of a record, of its newest attempt first. */
    List<CheckResult> checks(long recordId);

    /** The newest check results of an environment that did not pass. */
    List<CheckResult> troubledChecks(EnvironmentName environment, int limit);
}
