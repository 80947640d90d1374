package io.leat.target.postgres;

import io.leat.state.Record;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code leat_target.fences}: for each slice the last token that was raised there, and the name of the session that may publish with
 * it. Whoever needs the fences of several slices locks them in one order, so that nobody waits in a circle.
 */
final class Fences {
    private final DatabaseSession session;
    private final String storeId;

    Fences(DatabaseSession session, String storeId) {
        this.session = session;
        this.storeId = storeId;
    }

    /**
     * Raises the fences of slices of one pipeline to the tokens of their records. A fence never falls: where the token is smaller
     * it stays as it is.
     *
     * @param name of the sessions that will publish
     */
    void raise(Collection<Record> records, String name) throws SQLException {
        List<Record> inOrder = inOrder(records);
        Record first = inOrder.getFirst();
        session.change(
                """
                INSERT INTO leat_target.fences AS f (store_id, environment, pipeline, slice, token, session, raised_at)
                SELECT ?, ?, ?, given.slice, given.token, ?, clock_timestamp()
                FROM unnest(CAST(? AS text[]), CAST(? AS bigint[])) AS given(slice, token)
                ORDER BY given.slice COLLATE "C"
                ON CONFLICT (store_id, environment, pipeline, slice) DO UPDATE
                SET token = EXCLUDED.token, session = EXCLUDED.session, raised_at = EXCLUDED.raised_at
                WHERE f.token <= EXCLUDED.token
                """,
                storeId,
                first.environment(),
                first.pipeline(),
                name,
                inOrder.stream().map(record -> record.slice().text()).toList(),
                inOrder.stream().map(Record::token).toList());
    }

    /** Locks the fences until the transaction ends, and gives those records whose token is not the fence's. */
    List<Record> lockAndFindLost(Collection<Record> records) throws SQLException {
        if (records.isEmpty()) {
            return List.of();
        }
        Record first = records.iterator().next();
        Map<String, Long> tokens = new HashMap<>();
        session.list(
                """
                SELECT slice, token FROM leat_target.fences
                WHERE store_id = ? AND environment = ? AND pipeline = ? AND slice = ANY (CAST(? AS text[]))
                ORDER BY slice FOR UPDATE
                """,
                row -> tokens.put(row.getString(1), row.getLong(2)),
                storeId,
                first.environment(),
                first.pipeline(),
                slices(records));
        List<Record> lost = new ArrayList<>();
        for (Record record : records) {
            if (tokens.getOrDefault(record.slice().text(), 0L) != record.token()) {
                lost.add(record);
            }
        }
        return lost;
    }

    /** Ends the sessions that may publish with tokens that are older than those of the records, or as old. How many there were. */
    int shutOut(Collection<Record> records) throws SQLException {
        List<Record> inOrder = inOrder(records);
        Record first = inOrder.getFirst();
        return session.list(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name IN (
                          SELECT f.session FROM leat_target.fences AS f
                          JOIN unnest(CAST(? AS text[]), CAST(? AS bigint[])) AS given(slice, token) USING (slice)
                          WHERE f.store_id = ? AND f.environment = ? AND f.pipeline = ? AND f.token <= given.token)
                        """,
                        row -> row.getBoolean(1),
                        inOrder.stream().map(record -> record.slice().text()).toList(),
                        inOrder.stream().map(Record::token).toList(),
                        storeId,
                        first.environment(),
                        first.pipeline())
                .size();
    }

    private static List<String> slices(Collection<Record> records) {
        return records.stream().map(record -> record.slice().text()).toList();
    }

    private static List<Record> inOrder(Collection<Record> records) {
        return records.stream()
                .sorted(Comparator.comparing(record -> record.slice().text()))
                .toList();
    }
}
