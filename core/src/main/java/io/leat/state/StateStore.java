package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineName;
import io.leat.name.RunId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The door to state for whoever changes it. Every method is one transaction: all of it is durable when it returns, none of
 * it if it throws (publish tells an unknown outcome apart). Safe for use by several threads and processes; within a process
 * renewals go before all other writes that wait.
 *
 * <p>A write to a record needs the record's token and that it is in progress. Where that no longer holds nothing is written
 * for it, and it is reported in {@link Written#lost}. Only the id and the token of a record that is passed in count: it may
 * be older than the row.
 *
 * <p>Every method throws a {@link io.leat.name.PipelineException}: E201 if the store stayed locked, E402 if the disk is
 * full, E203 and E207 if the file is damaged or out of reach.
 */
public interface StateStore extends StateReader, AutoCloseable {

    /** Begins a run, under an id that no other run has, and writes that down in the audit log. */
    RunId startRun(EnvironmentName environment, String command, List<String> arguments, Owner owner);

    void endRun(RunId run, String outcome, int exitCode);

    /**
     * Claims as many of the slices as possible. Each one won is in progress with a new token, greater than all before, and
     * the fence of its slice is raised to it. Taking over what somebody else had in progress counts one attempt more, and
     * so does going on with what had failed. None is claimed where that would be more than the claimant may.
     */
    ClaimResult claim(
            EnvironmentName environment, PipelineName pipeline, List<SliceRequest> candidates, Claimant claimant);

    /** Lets the leases end {@code lease} from now. A lease that has run out but was not taken over is still one's own. */
    Written renew(Collection<Record> records, Duration lease);

    /** Gives records back unfinished: pending, claimable at once, with what they have staged. */
    Written release(Collection<Record> records, String reason);

    /**
     * Makes records pending again whose lease has run out or whose owner is dead on this machine, and fences those owners.
     * The records are returned.
     */
    List<Record> sweep(EnvironmentName environment);

    /** SOURCE_TO_STAGE is complete. @throws IllegalArgumentException for a record that has published already */
    Written staged(List<Staged> staged);

    /** See {@link Publication} and {@link PublishResult}. */
    PublishResult publish(Publication publication);

    /** The audit passed: the records are COMPLETED. */
    Written completed(List<Completion> completions);

    /** The audit failed: the records are FAILED, the published loads of their slices quarantined. */
    Written violated(List<Violation> violations);

    Written skipped(List<Skip> skips);

    Written failed(List<Failure> failures);

    /** @throws LostLeaseException if the record is somebody else's by now */
    default Record failed(Failure failure) {
        return failed(List.of(failure)).orThrow().getFirst();
    }

    /** Records a slice as FAILED that cannot even be claimed, for example because one of its keys is empty. */
    Record refuse(
            EnvironmentName environment,
            PipelineName pipeline,
            SliceRequest request,
            RunId run,
            ErrorCode code,
            String reason);

    /**
     * Ends pending records and records in progress, whoever holds them: their owners lose them. Those that were live are
     * returned as they are now.
     */
    List<Record> cancel(Collection<Record> records, String reason);

    /**
     * Takes records away from whoever holds them, and fences those: pending again, claimable at once, with what they have
     * staged. Those that were in progress are returned.
     */
    List<Record> takeAway(Collection<Record> records, String reason);

    /** Ends pending records of windows that a grid no longer has. Those that were pending are returned. */
    List<Record> supersede(Collection<Record> records, String reason);

    /**
     * Makes failed or cancelled records pending again, the same generation, one attempt more; only the newest of a slice. One
     * that waits for its next attempt need not wait any more.
     */
    List<Record> reopen(Collection<Record> records, String reason);

    /** Stores what checks said of records; their {@code at} is the store's now. */
    void check(EnvironmentName environment, List<CheckResult> results);

    /** Puts scanned versions of files into the index, in place of earlier versions of the same paths. */
    void indexFiles(EnvironmentName environment, PipelineName pipeline, List<NewFileVersion> files);

    /** Notes that loads are still right after this change of the source: at most a few hundred at once. */
    void sawSource(Collection<Load> loads, long change);

    /** Settles the grid of a pipeline, from its first segment to its last. False if it is not any more as expected. */
    boolean settleGrids(
            EnvironmentName environment, PipelineName pipeline, List<SettledGrid> expected, List<SettledGrid> wanted);

    /**
     * Writes a backfill down: it runs from now on, under an id that no other has.
     *
     * @param wanted its id and times do not count
     */
    Backfill startBackfill(Backfill wanted);

    /** Pauses, resumes, cancels or ends a backfill. False if it has ended already. */
    boolean changeBackfill(String id, Backfill.Stage stage);

    /** Writes down that a command changed something. */
    void audit(
            EnvironmentName environment,
            @Nullable RunId run,
            String action,
            String object,
            @Nullable String before,
            @Nullable String after);

    @Override
    void close();
}
