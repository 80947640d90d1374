package io.leat.cli;

import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.state.Counts;
import io.leat.state.Lease;
import io.leat.state.PhaseTimes;
import io.leat.state.Record;
import io.leat.state.Staging;
import io.leat.time.Window;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Records as rows, under the names that the columns of {@code pipeline_records} have. */
final class RecordListing {
    private RecordListing() {}

    /**
     * @param zone the zone in which a record's window is shown
     */
    static Listing<Record> of(Function<Record, ZoneId> zone) {
        return Listing.<Record>empty()
                .with("name", Kind.TEXT, Record::name)
                .with("window_start_time", "window start", Kind.INSTANT, record -> start(record, zone.apply(record)))
                .with("pipeline_status", "status", Kind.STATUS, Record::status)
                .with("source_count", "read", Kind.NUMBER, count(Counts::read))
                .with("staged_count", "loaded", Kind.NUMBER, count(Counts::staged))
                .withIfAny("rejected_count", "rejected", Kind.NUMBER, count(Counts::rejected))
                .withIfAny("filtered_count", "filtered", Kind.NUMBER, count(Counts::filtered))
                .withIfAny("deduplicated_count", "dedup.", Kind.NUMBER, count(Counts::deduplicated))
                .with("audit_result", "audit", Kind.STATUS, Record::auditResult)
                .with("took_ms", "time", Kind.MILLIS, RecordListing::milliseconds)
                .withIfAny("reason", "reason", Kind.TEXT, Record::reason)
                .withDetail("error_code", Record::errorCode)
                .withDetail("environment", Record::environment)
                .withDetail("pipeline", Record::pipeline)
                .withDetail("slice", record -> record.slice().text())
                .withDetail("label", Record::label)
                .withDetail("generation", Record::generation)
                .withDetail("cause", Record::cause)
                .withDetail("source", Record::source)
                .withDetail("target", Record::target)
                .withDetail(
                        "window_end_time",
                        record -> record.window().map(Window::end).orElse(null))
                .withDetail("phase_completed", Record::phaseCompleted)
                .withDetail("not_before", Record::notBefore)
                .withDetail("retry_attempt", Record::attempt)
                .withDetail("token", lease(Lease::token))
                .withDetail("run_id", lease(Lease::run))
                .withDetail("owner", lease(Lease::owner))
                .withDetail("pipeline_locked_at", lease(Lease::lockedAt))
                .withDetail("lease_until", lease(Lease::until))
                .withDetail("expansion_count", count(Counts::expansion))
                .withDetail("target_count", Record::targetCount)
                .withDetail(
                        "count_difference", record -> record.countDifference().orElse(null))
                .withDetail(
                        "load_id",
                        record -> staging(record).map(Staging::loadId).orElse(null))
                .withDetail(
                        "source_to_stage_ingestion_status",
                        record -> record.sourceToStage().status())
                .withDetail(
                        "source_to_stage_ingestion_start_time",
                        record -> record.sourceToStage().start())
                .withDetail(
                        "source_to_stage_ingestion_end_time",
                        record -> record.sourceToStage().end())
                .withDetail(
                        "stage_to_target_ingestion_status",
                        record -> record.stageToTarget().status())
                .withDetail(
                        "stage_to_target_ingestion_start_time",
                        record -> record.stageToTarget().start())
                .withDetail(
                        "stage_to_target_ingestion_end_time",
                        record -> record.stageToTarget().end())
                .withDetail("audit_status", record -> record.audit().status())
                .withDetail("audit_start_time", record -> record.audit().start())
                .withDetail("audit_end_time", record -> record.audit().end())
                .withDetail("pipeline_start_time", Record::started)
                .withDetail("pipeline_end_time", Record::ended)
                .withDetail("record_last_updated_time", Record::updated);
    }

    private static @Nullable ZonedDateTime start(Record record, ZoneId zone) {
        return record.window().map(window -> window.start().atZone(zone)).orElse(null);
    }

    static @Nullable Long milliseconds(Record record) {
        return took(record).map(Duration::toMillis).orElse(null);
    }

    /** How long the phases took together, so far. */
    static Optional<Duration> took(Record record) {
        return Stream.of(record.sourceToStage(), record.stageToTarget(), record.audit())
                .map(PhaseTimes::took)
                .flatMap(Optional::stream)
                .reduce(Duration::plus);
    }

    private static Optional<Staging> staging(Record record) {
        return Optional.ofNullable(record.staging());
    }

    private static Function<Record, @Nullable Object> count(ToLongFunction<Counts> count) {
        return record -> staging(record)
                .map(staging -> count.applyAsLong(staging.counts()))
                .orElse(null);
    }

    private static Function<Record, @Nullable Object> lease(Function<Lease, @Nullable Object> part) {
        return record -> {
            Lease lease = record.lease();
            return lease == null ? null : part.apply(lease);
        };
    }
}
