package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineName;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The durable row of one generation of one slice, as it was when it was read: status, phase, counts, claim, times,
 * reason. The methods of {@link StateStore} return it anew with each change.
 *
 * @param generation 1 for the first load of the slice, one more each time it is opened again
 * @param label the window's label, or what stands for it in names: {@code all}, a hash
 * @param source the source, for people
 * @param target the target table, for people
 * @param calendar null for slices that are not windows
 * @param phaseCompleted null before the first phase is complete
 * @param notBefore when a pending record may be claimed; null: at once
 * @param attempt how often this generation has been begun anew, 0 at first
 * @param lease null until it is claimed for the first time; the last claim afterwards
 * @param staging null until SOURCE_TO_STAGE is complete
 * @param targetCount rows that the audit found in the target
 * @param auditResult null until the audit has run
 * @param recordKeys keys computed from the window, as a JSON object
 * @param failedOn of what it was made when it failed; null if it has not failed or that is not known
 * @param backfill the backfill that opened it; null if the calendar or a person did
 * @param started when the first attempt of this generation began
 * @param ended when the generation ended
 */
@SuppressWarnings("JavaLangClash") // the word of the glossary; nothing here means java.lang.Record
public record Record(
        long id,
        EnvironmentName environment,
        PipelineName pipeline,
        Slice slice,
        int generation,
        Cause cause,
        String label,
        String source,
        String target,
        @Nullable CalendarColumns calendar,
        Status status,
        @Nullable Phase phaseCompleted,
        @Nullable Instant notBefore,
        int attempt,
        @Nullable String reason,
        @Nullable ErrorCode errorCode,
        @Nullable Lease lease,
        PhaseTimes sourceToStage,
        PhaseTimes stageToTarget,
        PhaseTimes audit,
        @Nullable Staging staging,
        @Nullable Long targetCount,
        @Nullable AuditResult auditResult,
        String recordKeys,
        @Nullable String failedOn,
        @Nullable String backfill,
        @Nullable Instant started,
        @Nullable Instant ended,
        Instant created,
        Instant updated) {

    /** What the recount said. */
    public enum AuditResult {
        PASS,
        FAIL
    }

    /** The name that people type: {@code pipeline@label}. */
    public String name() {
        return pipeline + "@" + label;
    }

    /** The window that the slice is; empty for slices of another kind. */
    public Optional<Window> window() {
        return slice instanceof Slice.OfWindow(Window window) ? Optional.of(window) : Optional.empty();
    }

    /** The token of the last claim; every write to the record and every publication needs it. */
    public long token() {
        if (lease == null) {
            throw new IllegalStateException(name() + " has never been claimed");
        }
        return lease.token();
    }

    /** Whether the given phase need not be done again. */
    public boolean completed(Phase phase) {
        return phaseCompleted != null && phaseCompleted.compareTo(phase) >= 0;
    }

    /** The phase that runs now or would run next; empty after the last. */
    public Optional<Phase> nextPhase() {
        if (phaseCompleted == null) {
            return Optional.of(Phase.SOURCE_TO_STAGE);
        }
        return switch (phaseCompleted) {
            case SOURCE_TO_STAGE -> Optional.of(Phase.STAGE_TO_TARGET);
            case STAGE_TO_TARGET -> Optional.of(Phase.AUDIT);
            case AUDIT -> Optional.empty();
        };
    }

    /** Rows in the target that the accounting does not explain; empty until the audit has run. */
    public Optional<Long> countDifference() {
        return targetCount == null || staging == null
                ? Optional.empty()
                : Optional.of(targetCount - staging.counts().staged());
    }
}
