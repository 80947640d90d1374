package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.RunId;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code audit_log}. */
final class AuditTable {
    private final Session session;

    AuditTable(Session session) {
        this.session = session;
    }

    /** Writes down what the user of this process does now. */
    AuditEntry note(
            EnvironmentName environment,
            @Nullable RunId run,
            String action,
            String object,
            @Nullable String before,
            @Nullable String after)
            throws SQLException {
        String who = System.getProperty("user.name", "unknown");
        var entry = new AuditEntry(session.now(), who, run, environment, action, object, before, after);
        add(entry);
        return entry;
    }

    private void add(AuditEntry entry) throws SQLException {
        session.change(
                """
                INSERT INTO audit_log (at, who, run_id, environment, action, object, before_value, after_value)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                entry.at(),
                entry.who(),
                entry.run(),
                entry.environment(),
                entry.action(),
                entry.object(),
                entry.before(),
                entry.after());
    }

    List<AuditEntry> newest(EnvironmentName environment, int limit, int offset) throws SQLException {
        return session.list(
                """
                SELECT at, who, run_id, environment, action, object, before_value, after_value
                FROM audit_log WHERE environment = ? ORDER BY at DESC, id DESC LIMIT ? OFFSET ?
                """,
                row -> new AuditEntry(
                        row.instant(),
                        row.text(),
                        row.runOrNull(),
                        row.environment(),
                        row.text(),
                        row.text(),
                        row.textOrNull(),
                        row.textOrNull()),
                environment,
                limit,
                offset);
    }
}
