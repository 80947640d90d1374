package io.leat.state;

import io.leat.state.RecordEvent.Kind;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Changes rows of {@code pipeline_records}, within one transaction. Where the caller must hold the record the change is
 * conditional on its token and on IN_PROGRESS, and empty means that it does not hold it any more.
 */
final class RecordChange {
    private static final String IF_HELD = """
            WHERE id = ? AND token = ? AND pipeline_status = 'IN_PROGRESS'
            RETURNING
            """ + RecordRow.COLUMNS;

    private final Session session;
    private final EventTable events;
    private final Instant now;

    RecordChange(Session session) throws SQLException {
        this.session = session;
        this.events = new EventTable(session);
        this.now = session.now();
    }

    Optional<Record> renewed(Record record, Duration lease) throws SQLException {
        return session.one(
                "UPDATE pipeline_records SET lease_until = ? " + IF_HELD,
                RecordRow::read,
                now.plus(lease),
                record.id(),
                record.token());
    }

    Optional<Record> staged(Record record, Staging staging) throws SQLException {
        Counts counts = staging.counts();
        var changed = session.one(
                """
                UPDATE pipeline_records
                SET phase_completed = 'SOURCE_TO_STAGE',
                  source_to_stage_ingestion_end_time = given.at, source_to_stage_ingestion_status = 'COMPLETED',
                  stage_to_target_ingestion_start_time = given.at, stage_to_target_ingestion_status = 'IN_PROGRESS',
                  load_id = ?, source_count = ?, staged_count = ?, rejected_count = ?, filtered_count = ?,
                  deduplicated_count = ?, expansion_count = ?, accounting = ?, sums = ?, manifest = ?, fingerprint = ?,
                  source_token = ?, record_last_updated_time = given.at
                FROM (SELECT CAST(? AS BIGINT) AS at) AS given
                WHERE (phase_completed IS NULL OR phase_completed = 'SOURCE_TO_STAGE')
                  AND id = ? AND token = ? AND pipeline_status = 'IN_PROGRESS'
                RETURNING
                """ + RecordRow.COLUMNS,
                RecordRow::read,
                staging.loadId(),
                counts.read(),
                counts.staged(),
                counts.rejected(),
                counts.filtered(),
                counts.deduplicated(),
                counts.expansion(),
                staging.accounting(),
                staging.sums(),
                staging.manifest(),
                staging.fingerprint(),
                staging.sourceToken(),
                now,
                record.id(),
                record.token());
        if (changed.isEmpty()) {
            refuseIfPublished(record);
        }
        return changed;
    }

    private void refuseIfPublished(Record record) throws SQLException {
        var held = session.one(
                "SELECT phase_completed FROM pipeline_records WHERE id = ? AND token = ? AND pipeline_status = 'IN_PROGRESS'",
                Row::text,
                record.id(),
                record.token());
        if (held.isPresent()) {
            throw new IllegalArgumentException(record.name() + " has published already, its phase is " + held.get());
        }
    }

    /** @throws IllegalArgumentException if the record has published in this generation already */
    Optional<Record> published(NewLoad load) throws SQLException {
        var changed = session.one(
                """
                UPDATE pipeline_records
                SET phase_completed = 'STAGE_TO_TARGET', load_id = ?,
                  stage_to_target_ingestion_end_time = given.at, stage_to_target_ingestion_status = 'COMPLETED',
                  audit_start_time = given.at, audit_status = 'IN_PROGRESS', record_last_updated_time = given.at
                FROM (SELECT CAST(? AS BIGINT) AS at) AS given
                WHERE (phase_completed IS NULL OR phase_completed = 'SOURCE_TO_STAGE')
                  AND id = ? AND token = ? AND pipeline_status = 'IN_PROGRESS'
                RETURNING
                """ + RecordRow.COLUMNS,
                RecordRow::read,
                load.loadId(),
                now,
                load.record().id(),
                load.record().token());
        if (changed.isEmpty()) {
            refuseIfPublished(load.record());
        } else if (load.record().generation() > 1) {
            supersedeEarlier(load.record());
        }
        return changed;
    }

    private void supersedeEarlier(Record record) throws SQLException {
        session.change(
                """
                UPDATE pipeline_records SET pipeline_status = 'SUPERSEDED', record_last_updated_time = ?
                WHERE environment = ? AND pipeline = ? AND slice = ? AND generation < ?
                  AND pipeline_status IN ('COMPLETED', 'SKIPPED', 'FAILED', 'CANCELLED')
                """,
                now,
                record.environment(),
                record.pipeline(),
                record.slice().text(),
                record.generation());
    }

    /** The slice is gone for good: other windows have its time. */
    Optional<Record> retired(Record record, String reason) throws SQLException {
        supersedeEarlier(record);
        return session.one("""
                UPDATE pipeline_records
                SET pipeline_status = 'SUPERSEDED', reason = ?, lease_until = NULL, pipeline_end_time = given.at,
                  record_last_updated_time = given.at
                FROM (SELECT CAST(? AS BIGINT) AS at) AS given
                """ + IF_HELD, RecordRow::read, reason, now, record.id(), record.token());
    }

    Optional<Record> superseded(Record record, String reason) throws SQLException {
        return session.one("""
                UPDATE pipeline_records
                SET pipeline_status = 'SUPERSEDED', reason = ?, not_before = NULL, pipeline_end_time = given.at,
                  record_last_updated_time = given.at
                FROM (SELECT CAST(? AS BIGINT) AS at) AS given
                WHERE id = ? AND pipeline_status = 'PENDING'
                RETURNING
                """ + RecordRow.COLUMNS, RecordRow::read, reason, now, record.id());
    }

    Optional<Record> completed(Completion completion) throws SQLException {
        return audited(completion.record(), completion.targetCount(), "COMPLETED", "PASS");
    }

    /** The row of a violation still lacks its reason; {@link #failed} gives it. */
    Optional<Record> violated(Violation violation) throws SQLException {
        return audited(violation.record(), violation.targetCount(), "IN_PROGRESS", "FAIL");
    }

    private Optional<Record> audited(Record record, long targetCount, String status, String result)
            throws SQLException {
        boolean passed = result.equals("PASS");
        return session.one(
                """
                UPDATE pipeline_records
                SET pipeline_status = ?, audit_result = ?,
                  phase_completed = CASE WHEN given.passed = 1 THEN 'AUDIT' ELSE phase_completed END,
                  audit_status = CASE WHEN given.passed = 1 THEN 'COMPLETED' ELSE 'FAILED' END,
                  audit_end_time = given.at, target_count = given.counted,
                  count_difference = given.counted - staged_count,
                  percentage_difference =
                    CASE WHEN staged_count > 0 THEN 100.0 * (given.counted - staged_count) / staged_count END,
                  pipeline_end_time = given.at, record_last_updated_time = given.at,
                  lease_until = CASE WHEN given.passed = 1 THEN NULL ELSE lease_until END
                FROM (SELECT CAST(? AS BIGINT) AS at, CAST(? AS BIGINT) AS counted, CAST(? AS INTEGER) AS passed) AS given
                WHERE phase_completed = 'STAGE_TO_TARGET'
                  AND id = ? AND token = ? AND pipeline_status = 'IN_PROGRESS'
                RETURNING
                """ + RecordRow.COLUMNS,
                RecordRow::read,
                status,
                result,
                now,
                targetCount,
                passed,
                record.id(),
                record.token());
    }

    Optional<Record> skipped(Skip skip) throws SQLException {
        return session.one(
                """
                UPDATE pipeline_records
                SET pipeline_status = 'SKIPPED', reason = ?, lease_until = NULL,
                  source_to_stage_ingestion_status =
                    CASE WHEN phase_completed IS NULL THEN 'SKIPPED' ELSE source_to_stage_ingestion_status END,
                  source_to_stage_ingestion_end_time =
                    CASE WHEN phase_completed IS NULL THEN given.at ELSE source_to_stage_ingestion_end_time END,
                  stage_to_target_ingestion_status =
                    CASE WHEN stage_to_target_ingestion_status = 'COMPLETED' THEN 'COMPLETED' ELSE 'SKIPPED' END,
                  audit_status = 'SKIPPED', pipeline_end_time = given.at, record_last_updated_time = given.at
                FROM (SELECT CAST(? AS BIGINT) AS at) AS given
                """ + IF_HELD,
                RecordRow::read,
                skip.reason(),
                now,
                skip.record().id(),
                skip.record().token());
    }

    Optional<Record> failed(Failure failure) throws SQLException {
        boolean again = failure.notBefore() != null;
        var changed = session.one(
                """
                UPDATE pipeline_records
                SET pipeline_status = CASE WHEN given.again = 1 THEN 'PENDING' ELSE 'FAILED' END,
                  retry_attempt = retry_attempt + given.again, not_before = ?, reason = ?, error_code = ?,
                  failed_on = ?, lease_until = NULL,
                  source_to_stage_ingestion_status =
                    CASE WHEN phase_completed IS NULL THEN 'FAILED' ELSE source_to_stage_ingestion_status END,
                  source_to_stage_ingestion_end_time =
                    CASE WHEN phase_completed IS NULL THEN given.at ELSE source_to_stage_ingestion_end_time END,
                  stage_to_target_ingestion_status =
                    CASE WHEN phase_completed = 'SOURCE_TO_STAGE' THEN 'FAILED' ELSE stage_to_target_ingestion_status END,
                  stage_to_target_ingestion_end_time =
                    CASE WHEN phase_completed = 'SOURCE_TO_STAGE' THEN given.at ELSE stage_to_target_ingestion_end_time END,
                  audit_status = CASE WHEN phase_completed = 'STAGE_TO_TARGET' THEN 'FAILED' ELSE audit_status END,
                  audit_end_time = CASE WHEN phase_completed = 'STAGE_TO_TARGET' THEN given.at ELSE audit_end_time END,
                  pipeline_end_time = CASE WHEN given.again = 1 THEN NULL ELSE given.at END,
                  record_last_updated_time = given.at
                FROM (SELECT CAST(? AS BIGINT) AS at, CAST(? AS INTEGER) AS again) AS given
                """ + IF_HELD,
                RecordRow::read,
                failure.notBefore(),
                failure.reason(),
                failure.code(),
                failure.failedOn(),
                now,
                again,
                failure.record().id(),
                failure.record().token());
        if (changed.isPresent()) {
            events.add(changed.get(), again ? Kind.RETRY : Kind.FAILED, now, failure.reason());
        }
        return changed;
    }

    Optional<Record> released(Record record, String reason) throws SQLException {
        var changed = session.one(
                "UPDATE pipeline_records " + PENDING_AGAIN + "FROM (" + GIVEN + ") AS given " + IF_HELD,
                RecordRow::read,
                now,
                0,
                reason,
                record.id(),
                record.token());
        if (changed.isPresent()) {
            events.add(changed.get(), Kind.RELEASED, now, reason);
        }
        return changed;
    }

    /** Whoever holds the record: the caller has made sure that nobody living does. */
    Optional<Record> swept(Record record, long token, String reason) throws SQLException {
        var changed = session.one(
                "UPDATE pipeline_records " + PENDING_AGAIN + ", token = ? FROM (" + GIVEN + ") AS given " + IF_HELD,
                RecordRow::read,
                token,
                now,
                1,
                reason,
                record.id(),
                record.token());
        if (changed.isPresent()) {
            events.add(record, Kind.SWEPT, now, reason);
        }
        return changed;
    }

    private static final String GIVEN =
            "SELECT CAST(? AS BIGINT) AS at, CAST(? AS INTEGER) AS more, CAST(? AS TEXT) AS why";

    private static final String PENDING_AGAIN = """
            SET pipeline_status = 'PENDING', lease_until = NULL, not_before = NULL, error_code = NULL,
              retry_attempt = retry_attempt + given.more, reason = given.why,
              source_to_stage_ingestion_status =
                CASE WHEN phase_completed IS NULL THEN 'PENDING' ELSE source_to_stage_ingestion_status END,
              stage_to_target_ingestion_status =
                CASE WHEN phase_completed = 'SOURCE_TO_STAGE' THEN 'PENDING' ELSE stage_to_target_ingestion_status END,
              audit_status = CASE WHEN phase_completed = 'STAGE_TO_TARGET' THEN 'PENDING' ELSE audit_status END,
              pipeline_end_time = NULL, record_last_updated_time = given.at
            """;

    Optional<Record> reopened(Record record, String reason) throws SQLException {
        var changed = session.one(
                "UPDATE pipeline_records " + PENDING_AGAIN + "FROM (" + GIVEN + """
                        ) AS given
                        WHERE id = ? AND latest = 1
                          AND (pipeline_status IN ('FAILED', 'CANCELLED')
                            OR (pipeline_status = 'PENDING' AND not_before IS NOT NULL))
                        RETURNING
                        """ + RecordRow.COLUMNS,
                RecordRow::read,
                now,
                1,
                reason,
                record.id());
        if (changed.isPresent()) {
            events.add(changed.get(), Kind.REOPENED, now, reason);
        }
        return changed;
    }

    Optional<Record> cancelled(Record record, String reason) throws SQLException {
        var changed = session.one("""
                UPDATE pipeline_records
                SET pipeline_status = 'CANCELLED', lease_until = NULL, not_before = NULL, reason = ?,
                  pipeline_end_time = given.at, record_last_updated_time = given.at
                FROM (SELECT CAST(? AS BIGINT) AS at) AS given
                WHERE id = ? AND pipeline_status IN ('PENDING', 'IN_PROGRESS')
                RETURNING
                """ + RecordRow.COLUMNS, RecordRow::read, reason, now, record.id());
        if (changed.isPresent()) {
            events.add(changed.get(), Kind.CANCELLED, now, reason);
        }
        return changed;
    }
}
