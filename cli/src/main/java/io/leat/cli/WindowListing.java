package io.leat.cli;

import io.leat.cli.output.Human;
import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.run.WindowList;
import io.leat.state.Counts;
import io.leat.state.PhaseTimes;
import io.leat.state.Record;
import io.leat.state.Staging;
import io.leat.state.Status;
import java.time.ZoneId;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Windows as rows: a column for each phase with its counts, and for programs all that the record holds. */
final class WindowListing {
    private WindowListing() {}

    static Listing<WindowList.Entry> of(ZoneId zone) {
        return Listing.<WindowList.Entry>empty()
                .with("name", Kind.TEXT, WindowList.Entry::name)
                .with("window_start_time", "window start", Kind.INSTANT, entry -> start(entry, zone))
                .with("pipeline_status", "status", Kind.STATUS, WindowListing::status)
                .withCell("source → stage", Kind.TEXT, ofRecord(WindowListing::staged))
                .withCell("stage → target", Kind.TEXT, ofRecord(WindowListing::published))
                .withCell("audit", Kind.TEXT, ofRecord(WindowListing::audited))
                .withIfAny("rejected_count", "rejected", Kind.NUMBER, ofRecord(count(Counts::rejected)))
                .withIfAny("filtered_count", "filtered", Kind.NUMBER, ofRecord(count(Counts::filtered)))
                .withIfAny("deduplicated_count", "dedup.", Kind.NUMBER, ofRecord(count(Counts::deduplicated)))
                .withIfAny("took_ms", "time", Kind.MILLIS, ofRecord(RecordListing::milliseconds))
                .withIfAny("reason", "reason", Kind.TEXT, WindowList.Entry::reason)
                .withDetail("window_end_time", WindowListing::end)
                .withDetails(RecordListing.of(record -> zone), WindowList.Entry::record);
    }

    private static @Nullable Object start(WindowList.Entry entry, ZoneId zone) {
        return entry.window() == null ? null : entry.window().start().atZone(zone);
    }

    private static @Nullable Object end(WindowList.Entry entry) {
        return entry.window() == null ? null : entry.window().end();
    }

    /** Windows without a record have no status in the store. */
    private static String status(WindowList.Entry entry) {
        return entry.record() == null ? "NO_RECORD" : entry.record().status().name();
    }

    private static Function<WindowList.Entry, @Nullable Object> ofRecord(Function<Record, @Nullable Object> value) {
        return entry -> entry.record() == null ? null : value.apply(entry.record());
    }

    private static Function<Record, @Nullable Object> count(ToLongFunction<Counts> count) {
        return record -> {
            Staging staging = record.staging();
            return staging == null ? null : count.applyAsLong(staging.counts());
        };
    }

    private static String staged(Record record) {
        Staging staging = record.staging();
        return cell(
                record,
                record.sourceToStage(),
                staging == null
                        ? ""
                        : Human.count(staging.counts().read()) + " → "
                                + Human.count(staging.counts().staged()));
    }

    private static String published(Record record) {
        Staging staging = record.staging();
        return cell(
                record,
                record.stageToTarget(),
                staging == null ? "" : Human.count(staging.counts().staged()));
    }

    private static String audited(Record record) {
        String verdict =
                record.auditResult() == null ? "" : record.auditResult().name();
        String counted = record.targetCount() == null ? "" : " " + Human.count(record.targetCount());
        return cell(record, record.audit(), verdict + counted);
    }

    private static String cell(Record record, PhaseTimes phase, String counts) {
        return switch (phase.status()) {
            case PENDING -> "";
            case IN_PROGRESS -> record.status() == Status.IN_PROGRESS ? "in progress" : "";
            case FAILED -> counts.isEmpty() ? "failed" : "failed: " + counts;
            case SKIPPED -> "skipped";
            case COMPLETED -> counts;
        };
    }
}
