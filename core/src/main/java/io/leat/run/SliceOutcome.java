package io.leat.run;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineName;
import io.leat.state.CheckResult;
import io.leat.state.Counts;
import io.leat.time.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one slice in a run.
 *
 * @param name as people type it: {@code trips@2024-03-10T02}; of the pipeline alone if it failed before there was a record
 * @param rejects rejected rows by code
 * @param reason a sentence: why it was skipped, what failed; for a loaded slice what the audit said
 * @param error null unless it failed
 * @param nextTry when it will be tried again, by the store's clock; null unless it will be
 * @param hint a sentence that says what to do; empty if there is none
 */
public record SliceOutcome(
        String name,
        PipelineName pipeline,
        Slice slice,
        String label,
        Result result,
        Counts counts,
        Map<String, Long> rejects,
        List<CheckResult> checks,
        String reason,
        @Nullable ErrorCode error,
        @Nullable Instant nextTry,
        String hint,
        Duration time) {

    /** How it ended. */
    public enum Result {
        /** Published and audited. */
        LOADED,
        /** Taken through one phase, as it was asked for. */
        PARTLY,
        /** Nothing to do. */
        SKIPPED,
        /** It failed; the reason is on the record. */
        FAILED,
        /** It failed for a reason that may pass, and will be tried again. */
        RETRYING,
        /** Somebody else has it. */
        HELD
    }

    public SliceOutcome {
        rejects = Map.copyOf(rejects);
        checks = List.copyOf(checks);
    }

    /** The same, ended otherwise. */
    SliceOutcome given(Result other) {
        return new SliceOutcome(
                name, pipeline, slice, label, other, counts, rejects, checks, reason, error, nextTry, hint, time);
    }

    /** Whether it failed because of what the data are, not because of what broke. */
    public boolean failedOnData() {
        return result == Result.FAILED && error != null && error.exitCode() == ErrorCode.CHECK_FAILED.exitCode();
    }
}
