package io.leat.state;

import io.leat.name.EnvironmentName;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** {@code check_results}. */
final class CheckTable {
    private static final String SELECT =
            "SELECT record_id, attempt, name, verdict, value, threshold, message, checked_at FROM check_results ";

    private final Session session;

    CheckTable(Session session) {
        this.session = session;
    }

    private static CheckResult read(Row row) throws SQLException {
        return new CheckResult(
                row.number(),
                row.integer(),
                row.text(),
                row.constant(Verdict.class),
                row.textOrNull(),
                row.textOrNull(),
                row.text(),
                row.instant());
    }

    void add(EnvironmentName environment, CheckResult result, Instant now) throws SQLException {
        session.change(
                """
                INSERT INTO check_results (environment, record_id, attempt, name, verdict, value, threshold, message, checked_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                environment,
                result.recordId(),
                result.attempt(),
                result.name(),
                result.verdict(),
                result.value(),
                result.threshold(),
                result.message(),
                now);
    }

    List<CheckResult> of(long recordId) throws SQLException {
        return session.list(SELECT + "WHERE record_id = ? ORDER BY attempt DESC, id", CheckTable::read, recordId);
    }

    List<CheckResult> troubled(EnvironmentName environment, int limit) throws SQLException {
        return session.list(
                SELECT + "WHERE environment = ? AND verdict <> 'PASS' ORDER BY checked_at DESC, id DESC LIMIT ?",
                CheckTable::read,
                environment,
                limit);
    }
}
