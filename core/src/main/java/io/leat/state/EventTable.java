package io.leat.state;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code record_events}: what a record's row forgets. */
final class EventTable {
    private final Session session;

    EventTable(Session session) {
        this.session = session;
    }

    /** @param record as it was when it happened */
    void add(Record record, RecordEvent.Kind kind, Instant now, @Nullable String reason) throws SQLException {
        Lease lease = record.lease();
        session.change(
                """
                INSERT INTO record_events (record_id, at, event, attempt, phase, token, run_id, error_code, reason)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                record.id(),
                now,
                kind,
                record.attempt(),
                record.phaseCompleted(),
                lease == null ? null : lease.token(),
                lease == null ? null : lease.run(),
                record.errorCode(),
                reason);
    }

    List<RecordEvent> of(long recordId) throws SQLException {
        return session.list(
                """
                SELECT record_id, at, event, attempt, phase, token, run_id, error_code, reason
                FROM record_events WHERE record_id = ? ORDER BY id
                """,
                row -> new RecordEvent(
                        row.number(),
                        row.instant(),
                        row.constant(RecordEvent.Kind.class),
                        row.integer(),
                        row.constantOrNull(Phase.class),
                        row.numberOrNull(),
                        row.runOrNull(),
                        row.codeOrNull(),
                        row.textOrNull()),
                recordId);
    }
}
