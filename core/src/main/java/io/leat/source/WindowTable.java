package io.leat.source;

import io.leat.lake.DuckDb;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the window of every row of a table by joining it with the pieces of its time line: by buckets of time where pieces begin at
 * regular places, which costs next to nothing, otherwise by an ASOF join.
 */
final class WindowTable {

    private static final long DAY = 86_400;
    private static final long MOST_BUCKETS = 4_000_000;
    private static final int CHUNK = 100_000;

    private final DuckDb duckDb;
    private final String table;
    private final TimeColumn column;

    /** The table has {@code _leat_us}, the value in microseconds, or NULL. */
    WindowTable(DuckDb duckDb, String table, TimeColumn column) {
        this.duckDb = duckDb;
        this.table = table;
        this.column = column;
    }

    /**
     * A query: the columns of the table, {@code _leat_start} (seconds, or NULL) and {@code _leat_refusal} (a code, or NULL). The
     * temporary table of the given name has to live as long.
     */
    String query(String pieceTable) {
        List<TimePieces.Piece> pieces = pieces();
        long width = pieces.stream().map(piece -> gcd(piece.from(), piece.to())).reduce(0L, WindowTable::gcd);
        long buckets = width == 0
                ? 0
                : pieces.stream()
                        .mapToLong(piece -> (piece.to() - piece.from()) / width)
                        .sum();
        boolean bucketed = buckets <= MOST_BUCKETS;
        duckDb.execute("CREATE TEMP TABLE " + pieceTable
                + " (lower BIGINT, upper BIGINT, _leat_start BIGINT, _leat_refusal VARCHAR)");
        for (int i = 0; i < pieces.size(); i += CHUNK) {
            insert(pieceTable, pieces.subList(i, Math.min(pieces.size(), i + CHUNK)));
        }
        if (!bucketed) {
            return "SELECT t.*, p._leat_start, p._leat_refusal FROM " + table + " AS t ASOF LEFT JOIN " + pieceTable
                    + " AS p ON t._leat_us >= p.lower * 1000000";
        }
        long unit = Math.max(width, 1);
        // shifted to be positive: integer division cuts towards zero
        long shift = pieces.isEmpty() ? 0 : Math.floorDiv(pieces.getFirst().from(), unit);
        duckDb.execute("CREATE TEMP TABLE " + pieceTable + "_buckets AS SELECT unnest(range(lower // " + unit + " - ("
                + shift + "), upper // " + unit + " - (" + shift + "))) AS bucket, _leat_start, _leat_refusal FROM "
                + pieceTable);
        return "SELECT t.*, p._leat_start, p._leat_refusal FROM " + table + " AS t LEFT JOIN " + pieceTable
                + "_buckets AS p ON (t._leat_us - (" + shift * unit * 1_000_000 + ")) // " + unit * 1_000_000
                + " = p.bucket";
    }

    void drop(String pieceTable) {
        duckDb.execute("DROP TABLE IF EXISTS " + pieceTable);
        duckDb.execute("DROP TABLE IF EXISTS " + pieceTable + "_buckets");
    }

    /** Only the days that have rows: one row of the year 9999 does not ask for thousands of years of windows. */
    private List<TimePieces.Piece> pieces() {
        List<Long> days = duckDb.query(
                "SELECT DISTINCT CAST(floor(_leat_us / 86400000000) AS BIGINT) FROM " + table
                        + " WHERE _leat_us IS NOT NULL ORDER BY 1",
                row -> row.getLong(1));
        var pieces = new TimePieces(column);
        for (int i = 0; i < days.size(); ) {
            int last = i;
            while (last + 1 < days.size() && days.get(last + 1) == days.get(last) + 1) {
                last++;
            }
            pieces.add(days.get(i) * DAY, (days.get(last) + 1) * DAY);
            i = last + 1;
        }
        return pieces.pieces();
    }

    /** As texts: a statement with thousands of values takes long to be parsed. */
    private void insert(String pieceTable, List<TimePieces.Piece> pieces) {
        duckDb.execute(
                "INSERT INTO " + pieceTable + """
                         SELECT CAST(lower AS BIGINT), CAST(upper AS BIGINT), CAST(nullif(start, '') AS BIGINT), nullif(refusal, '')
                        FROM (SELECT unnest(string_split(?, ',')) AS lower, unnest(string_split(?, ',')) AS upper,
                                     unnest(string_split(?, ',')) AS start, unnest(string_split(?, ',')) AS refusal)""",
                joined(pieces, TimePieces.Piece::from),
                joined(pieces, TimePieces.Piece::to),
                joined(pieces, TimePieces.Piece::window),
                joined(pieces, TimePieces.Piece::refusal));
    }

    private static String joined(List<TimePieces.Piece> pieces, Function<TimePieces.Piece, @Nullable Object> value) {
        return pieces.stream()
                .map(value)
                .map(one -> one == null ? "" : one.toString())
                .collect(Collectors.joining(","));
    }

    private static long gcd(long a, long b) {
        long left = Math.abs(a);
        long right = Math.abs(b);
        while (right != 0) {
            long rest = left % right;
            left = right;
            right = rest;
        }
        return left;
    }
}
