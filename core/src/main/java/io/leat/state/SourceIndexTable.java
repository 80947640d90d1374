package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.PipelineName;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code source_files} and {@code source_windows}. */
final class SourceIndexTable {
    private final Session session;

    SourceIndexTable(Session session) {
        this.session = session;
    }

    void put(EnvironmentName environment, PipelineName pipeline, FileVersion file, Instant now) throws SQLException {
        forget(environment, pipeline, file.path());
        long id = session.one(
                        """
                        INSERT INTO source_files (
                          environment, pipeline, path, size, modified_ns, sha256, "rows", fingerprint, scanned_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        RETURNING id
                        """,
                        Row::number,
                        environment,
                        pipeline,
                        file.path(),
                        file.size(),
                        nanoseconds(file.modified()),
                        file.sha256(),
                        file.rows(),
                        file.fingerprint(),
                        now)
                .orElseThrow();
        for (var window : file.windowRows().entrySet()) {
            session.change(
                    "INSERT INTO source_windows (file_id, window_start_time, \"rows\") VALUES (?, ?, ?)",
                    id,
                    window.getKey(),
                    window.getValue());
        }
    }

    void forget(EnvironmentName environment, PipelineName pipeline, String path) throws SQLException {
        session.change("""
                DELETE FROM source_windows WHERE file_id IN (
                  SELECT id FROM source_files WHERE environment = ? AND pipeline = ? AND path = ?)
                """, environment, pipeline, path);
        session.change(
                "DELETE FROM source_files WHERE environment = ? AND pipeline = ? AND path = ?",
                environment,
                pipeline,
                path);
    }

    List<FileVersion> files(EnvironmentName environment, PipelineName pipeline) throws SQLException {
        Map<Long, SortedMap<Instant, Long>> windows = windowsByFile(environment, pipeline);
        return session.list(
                """
                SELECT id, path, size, modified_ns, sha256, "rows", fingerprint
                FROM source_files WHERE environment = ? AND pipeline = ? ORDER BY path
                """,
                row -> {
                    long id = row.number();
                    return new FileVersion(
                            row.text(),
                            row.number(),
                            instant(row.number()),
                            row.text(),
                            row.number(),
                            row.text(),
                            windows.getOrDefault(id, new TreeMap<>()));
                },
                environment,
                pipeline);
    }

    private Map<Long, SortedMap<Instant, Long>> windowsByFile(EnvironmentName environment, PipelineName pipeline)
            throws SQLException {
        var windows = new HashMap<Long, SortedMap<Instant, Long>>();
        session.list(
                """
                SELECT file_id, window_start_time, w."rows"
                FROM source_files AS f JOIN source_windows AS w ON w.file_id = f.id
                WHERE f.environment = ? AND f.pipeline = ?
                """,
                row -> windows.computeIfAbsent(row.number(), _ -> new TreeMap<>())
                                .put(row.instant(), row.number())
                        == null,
                environment,
                pipeline);
        return windows;
    }

    List<WindowRows> windowRows(EnvironmentName environment, PipelineName pipeline) throws SQLException {
        return session.list(
                """
                SELECT window_start_time, count(*), sum(w."rows")
                FROM source_files AS f JOIN source_windows AS w ON w.file_id = f.id
                WHERE f.environment = ? AND f.pipeline = ?
                GROUP BY window_start_time ORDER BY window_start_time
                """, row -> new WindowRows(row.instant(), row.number(), row.number()), environment, pipeline);
    }

    List<FileWindow> fileWindows(EnvironmentName environment, PipelineName pipeline, Instant from, Instant to)
            throws SQLException {
        return session.list(
                """
                SELECT window_start_time, path, sha256, fingerprint, w."rows"
                FROM source_files AS f JOIN source_windows AS w ON w.file_id = f.id
                WHERE f.environment = ? AND f.pipeline = ? AND window_start_time >= ? AND window_start_time < ?
                ORDER BY window_start_time, path
                """,
                row -> new FileWindow(row.instant(), row.text(), row.text(), row.text(), row.number()),
                environment,
                pipeline,
                from,
                to);
    }

    /** Times of files count to the nanosecond: two versions within a millisecond are two. */
    private static long nanoseconds(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }

    private static Instant instant(long nanoseconds) {
        return Instant.ofEpochSecond(
                Math.floorDiv(nanoseconds, 1_000_000_000L), Math.floorMod(nanoseconds, 1_000_000_000L));
    }
}
