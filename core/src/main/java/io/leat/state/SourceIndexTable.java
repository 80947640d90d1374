package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.PipelineName;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code source_files}, {@code source_windows}, {@code source_late_windows} and {@code source_changes}. */
final class SourceIndexTable {
    private static final String OF_PIPELINE = """
            FROM source_files AS f JOIN source_windows AS w ON w.file_id = f.id
            WHERE f.environment = ? AND f.pipeline = ?
            """;

    private final Session session;

    SourceIndexTable(Session session) {
        this.session = session;
    }

    /** A window of a version as it stands in its table; without rows it says that there were some once. */
    private record Entry(
            WindowContent content,
            long change,
            @Nullable String sha256,
            @Nullable String fingerprint) {

        boolean isKept() {
            return sha256 != null;
        }

        Entry keptFrom(FileStamp stamp) {
            return sha256 == null && content.rows() > 0
                    ? new Entry(content, change, stamp.sha256(), stamp.fingerprint())
                    : this;
        }
    }

    void put(EnvironmentName environment, PipelineName pipeline, List<NewFileVersion> files, Instant now)
            throws SQLException {
        long change = nextChange(environment, pipeline);
        for (var file : files) {
            put(environment, pipeline, file, change, now);
        }
    }

    private long nextChange(EnvironmentName environment, PipelineName pipeline) throws SQLException {
        return session.one("""
                        INSERT INTO source_changes (environment, pipeline, change_no) VALUES (?, ?, 1)
                        ON CONFLICT (environment, pipeline) DO UPDATE SET change_no = source_changes.change_no + 1
                        RETURNING change_no
                        """, Row::number, environment, pipeline).orElseThrow();
    }

    private void put(EnvironmentName environment, PipelineName pipeline, NewFileVersion file, long change, Instant now)
            throws SQLException {
        var stamp = file.version().stamp();
        Map<Instant, Entry> entries = entries(environment, pipeline, file, change);
        forget(environment, pipeline, stamp.path());
        long id = session.one(
                        """
                        INSERT INTO source_files (
                          environment, pipeline, path, size, modified_ns, sha256, "rows", rows_outside, fingerprint, scanned_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        RETURNING id
                        """,
                        Row::number,
                        environment,
                        pipeline,
                        stamp.path(),
                        stamp.size(),
                        nanoseconds(stamp.modified()),
                        stamp.sha256(),
                        file.version().rows(),
                        file.version().outside(),
                        stamp.fingerprint(),
                        now)
                .orElseThrow();
        for (var entry : entries.entrySet()) {
            session.change(
                    """
                    INSERT INTO source_windows (file_id, window_start_time, "rows", content, change_no, sha256, fingerprint)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                    id,
                    entry.getKey(),
                    entry.getValue().content().rows(),
                    entry.getValue().content().content(),
                    entry.getValue().change(),
                    entry.getValue().sha256(),
                    entry.getValue().fingerprint());
        }
        for (var window : file.version().late().entrySet()) {
            session.change(
                    "INSERT INTO source_late_windows (file_id, window_start_time, \"rows\") VALUES (?, ?, ?)",
                    id,
                    window.getKey(),
                    window.getValue());
        }
    }

    /** The version's own windows, and what the earlier version leaves: rows of closed windows, and that others had some. */
    private Map<Instant, Entry> entries(
            EnvironmentName environment, PipelineName pipeline, NewFileVersion file, long change) throws SQLException {
        var earlier = stamp(environment, pipeline, file.version().stamp().path());
        Map<Instant, Entry> before = earlier.isEmpty() ? Map.of() : entries(environment, pipeline, earlier.get());
        Map<Instant, Entry> entries = new TreeMap<>();
        file.version().windows().forEach((start, content) -> {
            Entry same = before.get(start);
            long since = same != null && same.content().equals(content) ? same.change() : change;
            entries.put(start, new Entry(content, since, null, null));
        });
        before.forEach((start, entry) -> {
            if (!entries.containsKey(start)) {
                boolean stays = file.closed().contains(start)
                        || entry.isKept()
                        || entry.content().rows() == 0;
                entries.put(
                        start,
                        stays
                                ? entry.keptFrom(earlier.orElseThrow())
                                : new Entry(new WindowContent(0, ""), change, null, null));
            }
        });
        return entries;
    }

    private Map<Instant, Entry> entries(EnvironmentName environment, PipelineName pipeline, FileStamp stamp)
            throws SQLException {
        Map<Instant, Entry> entries = new TreeMap<>();
        session.list(
                """
                SELECT window_start_time, w."rows", content, change_no, w.sha256, w.fingerprint
                """ + OF_PIPELINE + "AND f.path = ?",
                row -> entries.put(
                        row.instant(),
                        new Entry(
                                new WindowContent(row.number(), row.text()),
                                row.number(),
                                row.textOrNull(),
                                row.textOrNull())),
                environment,
                pipeline,
                stamp.path());
        return entries;
    }

    private void forget(EnvironmentName environment, PipelineName pipeline, String path) throws SQLException {
        String ofPath =
                " WHERE file_id IN (SELECT id FROM source_files WHERE environment = ? AND pipeline = ? AND path = ?)";
        session.change("DELETE FROM source_windows" + ofPath, environment, pipeline, path);
        session.change("DELETE FROM source_late_windows" + ofPath, environment, pipeline, path);
        session.change(
                "DELETE FROM source_files WHERE environment = ? AND pipeline = ? AND path = ?",
                environment,
                pipeline,
                path);
    }

    List<FileStamp> files(EnvironmentName environment, PipelineName pipeline) throws SQLException {
        return session.list(
                STAMP + "WHERE environment = ? AND pipeline = ? ORDER BY path",
                SourceIndexTable::stamp,
                environment,
                pipeline);
    }

    private static final String STAMP = "SELECT path, size, modified_ns, sha256, fingerprint FROM source_files ";

    private static FileStamp stamp(Row row) throws SQLException {
        return new FileStamp(row.text(), row.number(), instant(row.number()), row.text(), row.text());
    }

    private Optional<FileStamp> stamp(EnvironmentName environment, PipelineName pipeline, String path)
            throws SQLException {
        return session.one(
                STAMP + "WHERE environment = ? AND pipeline = ? AND path = ?",
                SourceIndexTable::stamp,
                environment,
                pipeline,
                path);
    }

    Optional<FileVersion> file(EnvironmentName environment, PipelineName pipeline, String path) throws SQLException {
        var stamp = stamp(environment, pipeline, path);
        if (stamp.isEmpty()) {
            return Optional.empty();
        }
        SortedMap<Instant, WindowContent> windows = new TreeMap<>();
        entries(environment, pipeline, stamp.get()).forEach((start, entry) -> {
            if (entry.sha256() == null && entry.content().rows() > 0) {
                windows.put(start, entry.content());
            }
        });
        SortedMap<Instant, Long> late = new TreeMap<>();
        session.list("""
                SELECT l.window_start_time, l."rows"
                FROM source_files AS f JOIN source_late_windows AS l ON l.file_id = f.id
                WHERE f.environment = ? AND f.pipeline = ? AND f.path = ?
                """, row -> late.put(row.instant(), row.number()) == null, environment, pipeline, path);
        long rows = session.one(
                        "SELECT \"rows\" FROM source_files WHERE environment = ? AND pipeline = ? AND path = ?",
                        Row::number,
                        environment,
                        pipeline,
                        path)
                .orElseThrow();
        return Optional.of(new FileVersion(stamp.get(), rows, windows, late));
    }

    SourceWindows windows(EnvironmentName environment, PipelineName pipeline, Instant from, Instant to)
            throws SQLException {
        long seen = session.one(
                        "SELECT change_no FROM source_changes WHERE environment = ? AND pipeline = ?",
                        Row::number,
                        environment,
                        pipeline)
                .orElse(0L);
        return new SourceWindows(
                seen,
                session.list(
                        """
                        SELECT window_start_time, path, coalesce(w.sha256, f.sha256), coalesce(w.fingerprint, f.fingerprint),
                          CASE WHEN w.sha256 IS NULL THEN 0 ELSE 1 END, w."rows", content
                        """ + OF_PIPELINE + """
                        AND window_start_time >= ? AND window_start_time < ? AND w."rows" > 0
                        ORDER BY window_start_time, path
                        """,
                        row -> new FileWindow(
                                row.instant(),
                                row.text(),
                                row.text(),
                                row.text(),
                                row.integer() == 1,
                                new WindowContent(row.number(), row.text())),
                        environment,
                        pipeline,
                        from,
                        to));
    }

    /** Files with rows outside, and those bytes of which a published load or an unfinished record still has some. */
    List<FileOutside> outside(EnvironmentName environment, PipelineName pipeline) throws SQLException {
        return session.list(
                """
                SELECT sha256, sum(outside)
                FROM (
                  SELECT sha256, rows_outside AS outside FROM source_files
                  WHERE environment = ? AND pipeline = ? AND rows_outside > 0
                  UNION ALL
                  SELECT substr(slice, 3), 0 FROM leat_loads
                  WHERE environment = ? AND pipeline = ? AND replaced_by IS NULL AND slice LIKE 'f/%' AND rejected > 0
                  UNION ALL
                  SELECT substr(slice, 3), 0 FROM pipeline_records
                  WHERE environment = ? AND pipeline = ? AND latest = 1 AND slice LIKE 'f/%'
                    AND pipeline_status IN ('PENDING', 'IN_PROGRESS', 'FAILED')) AS known
                GROUP BY sha256 ORDER BY sha256
                """,
                row -> new FileOutside(row.text(), row.number()),
                environment,
                pipeline,
                environment,
                pipeline,
                environment,
                pipeline);
    }

    /** The paths of the files of these bytes. */
    List<String> paths(EnvironmentName environment, PipelineName pipeline, String sha256) throws SQLException {
        return session.list(
                "SELECT path FROM source_files WHERE environment = ? AND pipeline = ? AND sha256 = ? ORDER BY path",
                Row::text,
                environment,
                pipeline,
                sha256);
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
