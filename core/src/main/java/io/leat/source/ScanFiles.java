package io.leat.source;

import io.leat.lake.DuckDb;
import io.leat.name.Sql;
import io.leat.schema.RawSchema;
import io.leat.schema.StrictCast;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes what a scan found: the rows of windows, and the rejects of the file. */
final class ScanFiles {

    private static final int LEAST_GROUP = 8_192;
    private static final int MOST_GROUP = 122_880;

    private final DuckDb duckDb;
    private final RawRows raw;
    private final String table;
    private final String placed;
    private final RawRows.Origins origins;
    private final TimeColumn time;

    /** The query {@code placed} gives the rows of the table with {@code _leat_start} and {@code _leat_refusal}. */
    ScanFiles(DuckDb duckDb, RawRows raw, String table, String placed, RawRows.Origins origins, TimeColumn time) {
        this.duckDb = duckDb;
        this.raw = raw;
        this.table = table;
        this.placed = placed;
        this.origins = origins;
        this.time = time;
    }

    void writeRows(Path path) {
        String columns = IntStream.range(0, raw.schema().columns().size())
                .mapToObj(place -> RawSchema.sqlName(place) + ", ")
                .collect(Collectors.joining());
        String line = raw.recordText().equals("_leat_line") ? "_leat_line, " : "";
        boolean sorted = isSorted();
        duckDb.execute("COPY (SELECT " + columns + line + record()
                + " AS _leat_record, to_timestamp(_leat_start) AS _leat_window FROM "
                + withRecord() + " WHERE _leat_start IS NOT NULL AND _leat_malformed IS NULL"
                + (sorted ? "" : " ORDER BY _leat_start, _leat_row") + ") TO " + Sql.literal(path.toString())
                + " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE " + rowGroup() + ", KV_METADATA {leat: "
                + Sql.literal(KeptSchema.of(raw).text()) + "})");
    }

    void writeRejects(Path path) {
        int place = raw.schema().find(time.source()).orElse(-1);
        String value = place < 0 ? "NULL" : RawSchema.sqlName(place);
        String form = StrictCast.form(time.type(), time.format().orElse(null));
        String code = "CASE WHEN _leat_malformed IS NOT NULL THEN 'MALFORMED' WHEN " + value
                + " IS NULL THEN 'NO_TIME' WHEN _leat_us IS NULL THEN 'BAD_TIME' ELSE _leat_refusal END";
        String reason = "CASE code WHEN 'MALFORMED' THEN 'the record does not have the form of its file'"
                + " WHEN 'NO_TIME' THEN 'there is no time, and so no window'"
                + " WHEN 'BAD_TIME' THEN " + Sql.literal("the time is not " + form)
                + " WHEN 'BEFORE_START' THEN "
                + Sql.literal("the time lies before the first window, which starts at "
                        + time.grid().start())
                + " WHEN 'AFTER_END' THEN "
                + Sql.literal("the time lies after the last window"
                        + time.end().map(end -> ", which ends at " + end).orElse(""))
                + " WHEN 'AMBIGUOUS_TIME' THEN "
                + Sql.literal("the wall clock of " + time.grid().zone() + " shows this time twice that day")
                + " WHEN 'GAP_TIME' THEN "
                + Sql.literal("the wall clock of " + time.grid().zone() + " skips this time that day") + " END";
        duckDb.execute(
                "COPY (SELECT record, \"column\", code, reason, value, raw, CAST(NULL AS TIMESTAMP WITH TIME ZONE) AS \"window\","
                        + " step FROM (SELECT record, CASE WHEN code = 'MALFORMED' THEN NULL ELSE "
                        + Sql.literal(time.source())
                        + " END AS \"column\", code, " + reason
                        + " AS reason, CASE WHEN code <> 'MALFORMED' THEN left(CAST(value AS VARCHAR), 200) END"
                        + " AS value, raw, 'read' AS step FROM (SELECT " + record() + " AS record, " + code
                        + " AS code, " + value
                        + " AS value, " + raw.recordText() + " AS raw FROM " + withRecord()
                        + " WHERE _leat_start IS NULL OR _leat_malformed IS NOT NULL)"
                        + " UNION ALL SELECT record, NULL, code, reason, NULL, raw, 'read' FROM " + origins.broken()
                        + ") ORDER BY record) TO " + Sql.literal(path.toString())
                        + " (FORMAT parquet, COMPRESSION zstd)");
    }

    private String withRecord() {
        return "(SELECT r.*, r._leat_row - f.first_row AS _leat_before FROM (" + placed + ") AS r JOIN "
                + origins.files()
                + " AS f ON r._leat_path = f.path) AS placed"
                + (hasShifts()
                        ? " ASOF LEFT JOIN " + origins.shifts() + " AS shifts ON placed._leat_path = shifts.path"
                                + " AND placed._leat_before >= shifts.after"
                        : "");
    }

    private String record() {
        return hasShifts() ? "_leat_before + 1 + coalesce(shifts.shift, 0)" : "_leat_before + 1";
    }

    private boolean hasShifts() {
        return number("SELECT count(*) FROM " + origins.shifts()) > 0;
    }

    /** Files mostly come in the order of time: then sorting, the dearest part, is left out. */
    private boolean isSorted() {
        return number("SELECT count(*) FROM (SELECT _leat_start < lag(_leat_start) OVER () AS falls FROM (" + placed
                        + ")) WHERE falls")
                == 0;
    }

    /** Small groups for small windows, so that a window is read without many others. */
    private long rowGroup() {
        long rows = number("SELECT count(*) FROM " + table);
        long windows = number("SELECT approx_count_distinct(_leat_start) FROM (" + placed + ")");
        long wanted = windows == 0 ? MOST_GROUP : rows / windows * 32;
        return Math.clamp((wanted + 2047) / 2048 * 2048, LEAST_GROUP, MOST_GROUP);
    }

    private long number(String query) {
        return duckDb.one(query, row -> row.getLong(1)).orElse(0L);
    }
}
