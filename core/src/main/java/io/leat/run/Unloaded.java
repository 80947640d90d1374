package io.leat.run;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.project.Node;
import io.leat.state.ClaimResult;
import io.leat.state.Counts;
import io.leat.state.Record;
import io.leat.time.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The outcomes of slices that nothing was staged of. */
final class Unloaded {

    private Unloaded() {}

    /** Somebody else has the slice. */
    static SliceOutcome held(Node node, ClaimResult.Lost lost, String label) {
        Record record = lost.record();
        String reason = switch (lost.why()) {
            case HELD -> "locked by " + holder(record);
            case NOT_YET -> "waiting: not before " + (record == null ? "later" : String.valueOf(record.notBefore()));
            case LIMIT -> "as many claims of " + node.name() + " are in work as may be";
            case DONE, CHANGED -> "another run was faster";
        };
        Record later = lost.why() == ClaimResult.Why.NOT_YET ? record : null;
        return outcome(
                node,
                node.name() + "@" + label,
                label,
                lost.slice(),
                later != null ? SliceOutcome.Result.RETRYING : SliceOutcome.Result.HELD,
                reason,
                later != null ? later.errorCode() : null,
                later != null ? later.notBefore() : null,
                "",
                Duration.ZERO);
    }

    /** What is due of a pipeline or model could not even be found: there is no record of it. */
    static SliceOutcome failed(Node node, PipelineException failure, Duration time) {
        return outcome(
                node,
                node.name().value(),
                "all",
                new Slice.All(),
                SliceOutcome.Result.FAILED,
                failure.told(),
                failure.code(),
                null,
                failure.hint().orElse(""),
                time);
    }

    /** A slice that must not even be claimed, as its record says now. */
    static SliceOutcome refused(Node node, Record record) {
        return outcome(
                node,
                record.name(),
                record.label(),
                record.slice(),
                SliceOutcome.Result.FAILED,
                record.reason() == null ? "refused" : record.reason(),
                record.errorCode(),
                null,
                "",
                Duration.ZERO);
    }

    private static SliceOutcome outcome(
            Node node,
            String name,
            String label,
            Slice slice,
            SliceOutcome.Result result,
            String reason,
            @Nullable ErrorCode code,
            @Nullable Instant nextTry,
            String hint,
            Duration time) {
        return new SliceOutcome(
                name,
                node.name(),
                slice,
                label,
                result,
                Counts.NONE,
                Map.of(),
                List.of(),
                reason,
                code,
                nextTry,
                hint,
                time);
    }

    private static String holder(@Nullable Record record) {
        var lease = record == null ? null : record.lease();
        return lease == null
                ? "another run"
                : "run " + lease.run() + " (" + lease.owner() + ") since " + lease.lockedAt() + ", lease ends "
                        + lease.until();
    }
}
