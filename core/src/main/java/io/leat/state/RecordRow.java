package io.leat.state;

import io.leat.name.LoadId;
import io.leat.name.RunId;
import io.leat.state.PhaseTimes.PhaseStatus;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** How a row of {@code pipeline_records} is read. */
final class RecordRow {
    /** In the order in which {@link #read} takes them. */
    static final String COLUMNS = """
            id, environment, pipeline, slice, generation, cause, label, source, target,
            target_day, time_interval,
            pipeline_status, phase_completed, not_before, retry_attempt, reason, error_code,
            token, claim, run_id, owner, pipeline_locked_at, lease_until,
            source_to_stage_ingestion_start_time, source_to_stage_ingestion_end_time, source_to_stage_ingestion_status,
            stage_to_target_ingestion_start_time, stage_to_target_ingestion_end_time, stage_to_target_ingestion_status,
            audit_start_time, audit_end_time, audit_status,
            load_id, source_count, staged_count, rejected_count, filtered_count, deduplicated_count, expansion_count,
            accounting, sums, manifest, fingerprint, source_token,
            target_count, audit_result, record_keys, failed_on, backfill,
            pipeline_start_time, pipeline_end_time, record_first_created_time, record_last_updated_time
            """;

    private RecordRow() {}

    static Record read(Row row) throws SQLException {
        return new Record(
                row.number(),
                row.environment(),
                row.pipeline(),
                row.slice(),
                row.integer(),
                row.constant(Cause.class),
                row.text(),
                row.text(),
                row.text(),
                calendar(row),
                row.constant(Status.class),
                row.constantOrNull(Phase.class),
                row.instantOrNull(),
                row.integer(),
                row.textOrNull(),
                row.codeOrNull(),
                lease(row),
                phase(row),
                phase(row),
                phase(row),
                staging(row),
                row.numberOrNull(),
                row.constantOrNull(Record.AuditResult.class),
                row.text(),
                row.textOrNull(),
                row.textOrNull(),
                row.instantOrNull(),
                row.instantOrNull(),
                row.instant(),
                row.instant());
    }

    private static @Nullable CalendarColumns calendar(Row row) throws SQLException {
        String day = row.textOrNull();
        String interval = row.textOrNull();
        return day == null || interval == null ? null : new CalendarColumns(LocalDate.parse(day), interval);
    }

    private static @Nullable Lease lease(Row row) throws SQLException {
        Long token = row.numberOrNull();
        Long claim = row.numberOrNull();
        RunId run = row.runOrNull();
        String owner = row.textOrNull();
        Instant lockedAt = row.instantOrNull();
        Instant until = row.instantOrNull();
        return token == null || run == null || owner == null || lockedAt == null
                ? null
                : new Lease(token, claim == null ? token : claim, run, Owner.parse(owner), lockedAt, until);
    }

    private static PhaseTimes phase(Row row) throws SQLException {
        return new PhaseTimes(row.instantOrNull(), row.instantOrNull(), row.constant(PhaseStatus.class));
    }

    private static @Nullable Staging staging(Row row) throws SQLException {
        LoadId load = row.loadOrNull();
        long read = row.number();
        var counts = new Counts(read, row.number(), row.number(), row.number(), row.number(), row.number());
        String accounting = row.textOrNull();
        String sums = row.textOrNull();
        String manifest = row.textOrNull();
        String fingerprint = row.textOrNull();
        String sourceToken = row.textOrNull();
        return load == null || accounting == null || manifest == null || fingerprint == null
                ? null
                : new Staging(load, counts, accounting, sums, manifest, fingerprint, sourceToken);
    }
}
