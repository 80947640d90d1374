package io.leat.state;

import io.leat.time.Window;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares {@code leat_loads} with {@code source_windows}: which published windows would be loaded differently now. */
final class ChangedWindowTable {

    /**
     * Both parts are answered by an index: what changed since is little, and another fingerprint is rare. Another pipeline makes nothing
     * else of a window without rows, unless files had some when it was loaded.
     */
    private static final String CHANGED = """
            SELECT l.window_start_time, l.window_end_time, 'LATE' AS cause
            FROM leat_loads AS l
            WHERE l.environment = ? AND l.pipeline = ? AND l.replaced_by IS NULL AND l.quarantined_at IS NULL
              AND l.window_start_time >= ? AND l.window_end_time <= ? AND l.window_start_time > ? AND l.window_end_time > ?
              AND l.fingerprint = ?
              AND l.window_start_time IN (
                SELECT w.window_start_time
                FROM source_files AS f JOIN source_windows AS w ON w.file_id = f.id
                WHERE f.environment = ? AND f.pipeline = ? AND w.change_no > (
                  SELECT coalesce(min(o.source_seen), 0) FROM leat_loads AS o
                  WHERE o.environment = ? AND o.pipeline = ? AND o.replaced_by IS NULL AND o.window_start_time IS NOT NULL))
              AND EXISTS (
                SELECT 1 FROM source_windows AS w JOIN source_files AS f ON f.id = w.file_id
                WHERE w.window_start_time = l.window_start_time AND f.environment = l.environment AND f.pipeline = l.pipeline
                  AND w.change_no > l.source_seen)
            UNION ALL
            SELECT l.window_start_time, l.window_end_time, 'CHANGED'
            FROM leat_loads AS l
            WHERE l.environment = ? AND l.pipeline = ? AND l.replaced_by IS NULL AND l.quarantined_at IS NULL
              AND l.window_start_time >= ? AND l.window_end_time <= ? AND l.window_start_time > ?
              AND (l.fingerprint < ? OR l.fingerprint > ?)
              AND EXISTS (
                SELECT 1 FROM source_windows AS w JOIN source_files AS f ON f.id = w.file_id
                WHERE w.window_start_time = l.window_start_time AND f.environment = l.environment AND f.pipeline = l.pipeline
                  AND (w."rows" > 0 OR (w.change_no > l.source_seen AND l.window_end_time > ? AND l.inputs <> '')))
            """;

    private final Session session;

    ChangedWindowTable(Session session) {
        this.session = session;
    }

    List<ChangedWindow> page(ChangedQuery query, @Nullable Instant after, int limit) throws SQLException {
        var values = values(query, after);
        values.add(limit);
        return session.list(
                "SELECT * FROM (" + CHANGED + ") AS changed ORDER BY window_start_time LIMIT ?",
                row -> new ChangedWindow(new Window(row.instant(), row.instant()), row.constant(Cause.class)),
                values.toArray());
    }

    long count(ChangedQuery query) throws SQLException {
        return session.one(
                        "SELECT count(*) FROM (" + CHANGED + ") AS changed",
                        Row::number,
                        values(query, null).toArray())
                .orElse(0L);
    }

    private static List<@Nullable Object> values(ChangedQuery query, @Nullable Instant after) {
        long past = after == null ? Long.MIN_VALUE : after.toEpochMilli();
        long closed =
                query.openAfter() == null ? Long.MIN_VALUE : query.openAfter().toEpochMilli();
        var values = new ArrayList<@Nullable Object>(List.of(
                query.environment(),
                query.pipeline(),
                query.range().start(),
                query.range().end(),
                past,
                closed,
                query.fingerprint(),
                query.environment(),
                query.pipeline(),
                query.environment(),
                query.pipeline()));
        values.addAll(List.of(
                query.environment(),
                query.pipeline(),
                query.range().start(),
                query.range().end(),
                past,
                query.fingerprint(),
                query.fingerprint(),
                closed));
        return values;
    }
}
