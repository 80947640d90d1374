package io.leat.source;

import io.leat.lake.DuckDb;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.Sha256;
import io.leat.name.Sql;
import io.leat.schema.RawColumn;
import io.leat.schema.RawSchema;
import io.leat.schema.StrictCast;
import io.leat.state.WindowContent;
import io.leat.storage.LocalStore;
import io.leat.time.Tzdb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Scans each version of a file once: every record gets its window, or becomes a reject of the file, and the rows are kept as
 * Parquet in the order of windows, so that loading a few windows reads little. The window comes from instants and local times
 * alone; SQL never hears of a zone.
 *
 * <p>A scan is kept under the file's hash and a fingerprint; it is whole or not there. Several processes may scan the same file at
 * once.
 */
public final class FileIndex {

    private static final String VERSION = "1";

    private final DuckDb duckDb;
    private final FileSource source;
    private final TimeColumn time;
    private final Path folder;
    private final Copies copies;
    private final String fingerprint;

    /** The folder is {@code <root>/<environment>/landing/f}. */
    public FileIndex(DuckDb duckDb, FileSource source, TimeColumn time, Path folder, Copies copies) {
        this.duckDb = duckDb;
        this.source = source;
        this.time = time;
        this.folder = folder;
        this.copies = copies;
        this.fingerprint = Sha256.of(String.join(
                        "\n",
                        VERSION,
                        source.format().toString(),
                        source.compression().toString(),
                        source.csv().toString(),
                        time.identity(),
                        Tzdb.version()))
                .substring(0, 16);
    }

    /** Of all that decides how records are read and to which windows they belong, apart from the bytes of files. */
    public String fingerprint() {
        return fingerprint;
    }

    /** Where the rows of a version of a file are kept once it was scanned under a fingerprint. */
    public Path rows(String sha256, String scanned) {
        return folder.resolve(sha256).resolve(scanned + ".parquet");
    }

    /**
     * A query for the rows of some windows of a scan as rejects, because these windows were closed before the file came: of the
     * form of {@link FileScan#rejectsQuery}.
     *
     * @param taken how long after its end a window takes rows, for people
     */
    public String late(FileScan scan, Collection<Instant> starts, String taken) {
        KeptSchema kept = KeptSchema.read(duckDb, scan.rows());
        OptionalInt place = kept.schema().find(time.source());
        return """
                SELECT %s AS file, _leat_record AS record, %s AS "column", 'LATE' AS code, %s AS reason,
                  left(CAST(%s AS VARCHAR), 200) AS value, %s AS raw, CAST(NULL AS TIMESTAMP WITH TIME ZONE) AS "window",
                  'read' AS step
                FROM read_parquet(%s) WHERE CAST(epoch(_leat_window) AS BIGINT) IN (%s)""".formatted(
                        Sql.literal(scan.file().name()),
                        Sql.literal(time.source()),
                        Sql.literal("its window had been closed: rows are taken until " + taken + " after the end"),
                        place.isPresent() ? RawSchema.sqlName(place.getAsInt()) : "NULL",
                        kept.recordText(),
                        Sql.literal(scan.rows().toString()),
                        starts.stream()
                                .map(start -> Long.toString(start.getEpochSecond()))
                                .collect(Collectors.joining(", ")));
    }

    /**
     * The scan of a file, made now or before.
     *
     * @param sha256 of the file's bytes
     * @throws PipelineException E305 or E306 if it cannot be read as what it should be
     */
    public FileScan scan(SourceFile file, String sha256) {
        Path rows = rows(sha256, fingerprint);
        if (!Files.exists(rows)) {
            make(file, rows);
        }
        return kept(file, sha256, rows);
    }

    /**
     * The scan of a file that is gone, out of the rows that another scan of the same bytes kept; empty if that one is not there, or
     * does not have the column with the time. Rows that it had rejected stay rejected.
     *
     * @param scanned fingerprint of the other scan
     */
    public Optional<FileScan> again(SourceFile file, String sha256, String scanned) {
        Path rows = rows(sha256, fingerprint);
        Path earlier = rows(sha256, scanned);
        if (!Files.exists(rows)) {
            if (!Files.exists(earlier)) {
                return Optional.empty();
            }
            KeptSchema kept = KeptSchema.read(duckDb, earlier);
            if (kept.schema().find(time.source()).isEmpty()) {
                return Optional.empty();
            }
            place(file, kept, earlier, rows);
        }
        return Optional.of(kept(file, sha256, rows));
    }

    private void place(SourceFile file, KeptSchema kept, Path earlier, Path rows) {
        String table = newTable();
        var windows = new WindowTable(duckDb, table, time);
        try {
            duckDb.execute("CREATE TEMP TABLE " + table + " AS SELECT * EXCLUDE (_leat_window), "
                    + microseconds(kept.schema(), file) + " AS _leat_us FROM read_parquet("
                    + Sql.literal(earlier.toString()) + ")");
            String rejects = "read_parquet(" + Sql.literal(rejects(earlier).toString()) + ")";
            copy(new ScanFiles(duckDb, PlacedRows.again(kept, windows.query(table + "_pieces"), rejects), time), rows);
        } catch (IOException failure) {
            throw new PipelineException(ErrorCode.STORAGE_ACCESS, rows.getParent() + " cannot be written", failure);
        } finally {
            windows.drop(table + "_pieces");
            duckDb.execute("DROP TABLE IF EXISTS " + table);
        }
    }

    private static String newTable() {
        return "_leat_" + UUID.randomUUID().toString().replace("-", "");
    }

    private void make(SourceFile file, Path rows) {
        try {
            Files.createDirectories(rows.getParent());
            RawRows raw = FileRows.open(duckDb, source, List.of(file), copies, List.of());
            try {
                write(file, raw, rows);
            } catch (PipelineException failure) {
                Optional<RawRows> plain =
                        failure.message().contains("reached an invalid state") ? raw.plainly() : Optional.empty();
                if (plain.isEmpty()) {
                    throw FileRows.explained(failure.with("file", file.name()));
                }
                write(file, plain.get(), rows);
            }
        } catch (IOException failure) {
            throw LocalStore.failed("write", rows, failure);
        }
    }

    private void write(SourceFile file, RawRows raw, Path rows) throws IOException {
        String table = newTable();
        var windows = new WindowTable(duckDb, table, time);
        try {
            duckDb.execute("CREATE TEMP TABLE " + table + " AS SELECT *, " + microseconds(raw.schema(), file)
                    + " AS _leat_us FROM (" + raw.numbered() + ")");
            RawRows.Origins origins = raw.origins(duckDb, table);
            try {
                Optional<RawRows> plain = count(origins.broken()) == 0 ? Optional.empty() : raw.plainly();
                if (plain.isPresent()) {
                    write(file, plain.get(), rows);
                    return;
                }
                String placed = windows.query(table + "_pieces");
                copy(new ScanFiles(duckDb, PlacedRows.read(duckDb, raw, placed, origins), time), rows);
            } finally {
                origins.drop(duckDb);
            }
        } finally {
            windows.drop(table + "_pieces");
            duckDb.execute("DROP TABLE IF EXISTS " + table);
        }
    }

    /** The rows come last: where they are, all is there. */
    private static void copy(ScanFiles scan, Path rows) throws IOException {
        Path part = rows.resolveSibling(UUID.randomUUID() + ".part");
        try {
            scan.writeRejects(part);
            Files.move(part, rejects(rows), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            scan.writeRows(part);
            Files.move(part, rows, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static Path rejects(Path rows) {
        return rows.resolveSibling(rows.getFileName().toString().replace(".parquet", ".rejects.parquet"));
    }

    /** The value of the time column as microseconds, NULL where it is missing or cannot be understood. */
    private String microseconds(RawSchema schema, SourceFile file) {
        OptionalInt place = schema.find(time.source());
        if (place.isEmpty()) {
            if (file.size() == 0) {
                return "CAST(NULL AS BIGINT)";
            }
            throw new PipelineException(
                            ErrorCode.CONTRACT,
                            file.name() + " has no column '" + time.source()
                                    + "', which puts rows into windows; it has " + String.join(", ", schema.names()))
                    .withHint("correct `window: { column: … }` or the column's `from:`");
        }
        RawColumn column = schema.columns().get(place.getAsInt());
        String cast = StrictCast.sql(
                RawSchema.sqlName(place.getAsInt()),
                column.sqlType(),
                time.type(),
                time.format().orElse(null));
        return "epoch_us(CAST(" + cast + " AS " + (time.isLocal() ? "TIMESTAMP" : "TIMESTAMP WITH TIME ZONE") + "))";
    }

    private FileScan kept(SourceFile file, String sha256, Path rows) {
        SortedMap<Instant, WindowContent> windows = new TreeMap<>();
        // the hash is DuckDB's own: another version of it may make another one, and then a file that changed is loaded
        // once more
        duckDb.stream(
                "SELECT CAST(epoch(_leat_window) AS BIGINT), count(*), CAST(sum(CAST(hash(kept) AS HUGEINT)) AS VARCHAR)"
                        + " FROM read_parquet(" + Sql.literal(rows.toString()) + ") AS kept GROUP BY ALL",
                row -> windows.put(
                        Instant.ofEpochSecond(row.getLong(1)),
                        new WindowContent(row.getLong(2), String.valueOf(row.getString(3)))));
        long rejected = count("read_parquet(" + Sql.literal(rejects(rows).toString()) + ")");
        long inWindows =
                windows.values().stream().mapToLong(WindowContent::rows).sum();
        return new FileScan(
                file,
                sha256,
                fingerprint,
                rows,
                rejected == 0 ? Optional.empty() : Optional.of(rejects(rows)),
                inWindows + rejected,
                rejected,
                windows);
    }

    private long count(String relation) {
        return duckDb.one("SELECT count(*) FROM " + relation, row -> row.getLong(1))
                .orElse(0L);
    }
}
