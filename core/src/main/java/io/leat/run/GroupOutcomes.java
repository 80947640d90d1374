package io.leat.run;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.state.CheckResult;
import io.leat.state.Counts;
import io.leat.state.Record;
import io.leat.state.Staging;
import io.leat.state.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers what became of the records of one group. */
final class GroupOutcomes {

    private final long begin = System.nanoTime();
    private final Map<Long, SliceOutcome> outcomes = new HashMap<>();
    private final Map<Long, StagedSlice> staged = new HashMap<>();

    void staged(StagedSlice slice) {
        staged.put(slice.record().id(), slice);
    }

    void partly(Record record) {
        put(
                record,
                SliceOutcome.Result.PARTLY,
                record.phaseCompleted() == null
                        ? "no phase is complete"
                        : record.phaseCompleted().name().toLowerCase(Locale.ROOT) + " is complete, the rest waits",
                null,
                "");
    }

    void skipped(Record record) {
        put(record, SliceOutcome.Result.SKIPPED, "skipped: " + record.reason(), null, "");
    }

    void lost(Record record) {
        put(record, SliceOutcome.Result.HELD, "taken over by another run", ErrorCode.LEASE_LOST, "");
    }

    void failed(Record record, @Nullable StagedSlice slice) {
        if (slice != null) {
            staged(slice);
        }
        PipelineException failure = slice == null ? null : slice.failure();
        put(
                record,
                record.status() == Status.PENDING ? SliceOutcome.Result.RETRYING : SliceOutcome.Result.FAILED,
                record.reason() == null ? "failed" : record.reason(),
                record.errorCode() == null ? ErrorCode.INTERNAL : record.errorCode(),
                failure == null ? "" : failure.hint().orElse(""));
    }

    /** It could not be finished, although its record has not failed. */
    void unfinished(Record record, PipelineException failure) {
        put(
                record,
                SliceOutcome.Result.FAILED,
                failure.told(),
                failure.code(),
                failure.hint().orElse(""));
    }

    /** Those of the records that have no outcome yet. */
    List<Record> open(List<Record> claimed) {
        return claimed.stream()
                .filter(record -> !outcomes.containsKey(record.id()))
                .toList();
    }

    void completed(Record record) {
        put(record, SliceOutcome.Result.LOADED, inStageAndTarget(record), null, "");
    }

    List<SliceOutcome> inOrderOf(List<Record> claimed) {
        List<SliceOutcome> inOrder = new ArrayList<>();
        for (Record record : claimed) {
            if (!outcomes.containsKey(record.id())) {
                lost(record);
            }
            inOrder.add(outcomes.get(record.id()));
        }
        return inOrder;
    }

    private void put(Record record, SliceOutcome.Result result, String reason, @Nullable ErrorCode error, String hint) {
        StagedSlice slice = staged.get(record.id());
        Staging staging = slice != null && slice.staging() != null ? slice.staging() : record.staging();
        List<CheckResult> checks = slice == null ? List.of() : slice.checks();
        outcomes.put(
                record.id(),
                new SliceOutcome(
                        record.name(),
                        record.pipeline(),
                        record.slice(),
                        record.label(),
                        result,
                        staging == null ? Counts.NONE : staging.counts(),
                        slice == null ? Map.of() : slice.manifest().codes(),
                        checks,
                        reason,
                        error,
                        result == SliceOutcome.Result.RETRYING ? record.notBefore() : null,
                        hint,
                        Duration.ofNanos(System.nanoTime() - begin)));
    }

    private static String inStageAndTarget(Record record) {
        long rows = record.targetCount() == null ? 0 : record.targetCount();
        return "%,d %s in stage and target".formatted(rows, rows == 1 ? "row" : "rows");
    }
}
