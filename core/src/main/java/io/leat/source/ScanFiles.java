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
    private final PlacedRows rows;
    private final TimeColumn time;

    ScanFiles(DuckDb duckDb, PlacedRows rows, TimeColumn time) {
        this.duckDb = duckDb;
        this.rows = rows;
        this.time = time;
    }

    void writeRows(Path path) {
        String columns = IntStream.range(0, rows.kept().schema().columns().size())
                .mapToObj(place -> RawSchema.sqlName(place) + ", ")
                .collect(Collectors.joining());
        String line = rows.kept().isJson() ? "_leat_line, " : "";
        boolean sorted = isSorted();
        duckDb.execute("COPY (SELECT " + columns + line + rows.record()
                + " AS _leat_record, to_timestamp(_leat_start) AS _leat_window FROM "
                + rows.numbered() + " WHERE _leat_start IS NOT NULL AND _leat_malformed IS NULL"
                + (sorted ? "" : " ORDER BY _leat_start, " + rows.order()) + ") TO " + Sql.literal(path.toString())
                + " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE " + rowGroup() + ", KV_METADATA {leat: "
                + Sql.literal(rows.kept().text()) + "})");
    }

    void writeRejects(Path path) {
        int place = rows.kept().schema().find(time.source()).orElse(-1);
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
                        + " AS value, raw, 'read' AS step FROM (SELECT " + rows.record() + " AS record, " + code
                        + " AS code, " + value
                        + " AS value, " + rows.kept().recordText() + " AS raw FROM " + rows.numbered()
                        + " WHERE _leat_start IS NULL OR _leat_malformed IS NOT NULL)"
                        + " UNION ALL " + rows.rejects()
                        + ") ORDER BY record) TO " + Sql.literal(path.toString())
                        + " (FORMAT parquet, COMPRESSION zstd)");
    }

    /** Files mostly come in the order of time: then sorting, the dearest part, is left out. */
    private boolean isSorted() {
        return number("SELECT count(*) FROM (SELECT _leat_start < lag(_leat_start) OVER () AS falls FROM "
                        + rows.placed() + ") WHERE falls")
                == 0;
    }

    /** Small groups for small windows, so that a window is read without many others. */
    private long rowGroup() {
        long count = number("SELECT count(*) FROM " + rows.placed());
        long windows = number("SELECT approx_count_distinct(_leat_start) FROM " + rows.placed());
        long wanted = windows == 0 ? MOST_GROUP : count / windows * 32;
        return Math.clamp((wanted + 2047) / 2048 * 2048, LEAST_GROUP, MOST_GROUP);
    }

    private long number(String query) {
        return duckDb.one(query, row -> row.getLong(1)).orElse(0L);
    }
}
