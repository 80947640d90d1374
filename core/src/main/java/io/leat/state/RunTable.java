package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.RunId;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code runs}: one start of the program each. */
final class RunTable {
    private static final String SELECT =
            "SELECT run_id, environment, command, arguments, owner, started_at, ended_at, outcome, exit_code FROM runs ";
    /** Between arguments: no argument of a command holds it. */
    private static final String SEPARATOR = "\u001f";

    private final Session session;

    RunTable(Session session) {
        this.session = session;
    }

    private static Run read(Row row) throws SQLException {
        return new Run(
                new RunId(row.text()),
                row.environment(),
                row.text(),
                arguments(row.text()),
                Owner.parse(row.text()),
                row.instant(),
                row.instantOrNull(),
                row.textOrNull(),
                row.integerOrNull());
    }

    private static List<String> arguments(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(SEPARATOR, -1));
    }

    RunId start(EnvironmentName environment, String command, List<String> arguments, Owner owner, Instant now)
            throws SQLException {
        var random = new SecureRandom();
        while (true) {
            RunId id = RunId.at(now, random);
            int added =
                    session.change("""
                    INSERT INTO runs (run_id, environment, command, arguments, owner, started_at)
                    VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT DO NOTHING
                    """, id, environment, command, String.join(SEPARATOR, arguments), owner.text(), now);
            if (added == 1) {
                return id;
            }
        }
    }

    void end(RunId run, String outcome, int exitCode, Instant now) throws SQLException {
        session.change(
                "UPDATE runs SET ended_at = ?, outcome = ?, exit_code = ? WHERE run_id = ?",
                now,
                outcome,
                exitCode,
                run);
    }

    Optional<Run> byId(RunId id) throws SQLException {
        return session.one(SELECT + "WHERE run_id = ?", RunTable::read, id);
    }

    List<Run> newest(EnvironmentName environment, int limit, int offset) throws SQLException {
        return session.list(
                SELECT + "WHERE environment = ? ORDER BY started_at DESC, run_id DESC LIMIT ? OFFSET ?",
                RunTable::read,
                environment,
                limit,
                offset);
    }
}
