package io.leat.source;

import io.leat.lake.DuckDb;

/**
 * Rows of one file whose windows are known, as SQL.
 *
 * @param kept their raw columns
 * @param placed a relation: the raw columns, {@code _leat_us}, {@code _leat_start} and {@code _leat_refusal}
 * @param numbered the same with {@code _leat_malformed} and what {@code record} needs
 * @param record an expression: the number of the record within its file
 * @param order a column of the order in the file
 * @param rejects a query: {@code record}, {@code "column"}, {@code code}, {@code reason}, {@code value}, {@code raw}, {@code step}
 *     of records that are in neither relation
 */
record PlacedRows(KeptSchema kept, String placed, String numbered, String record, String order, String rejects) {

    /** Rows that have just been read from their file. */
    static PlacedRows read(DuckDb duckDb, RawRows raw, String placed, RawRows.Origins origins) {
        boolean shifted = duckDb.one("SELECT count(*) FROM " + origins.shifts(), row -> row.getLong(1))
                        .orElse(0L)
                > 0;
        return new PlacedRows(
                KeptSchema.of(raw),
                "(" + placed + ")",
                "(SELECT r.*, r._leat_row - f.first_row AS _leat_before FROM (" + placed + ") AS r JOIN "
                        + origins.files()
                        + " AS f ON r._leat_path = f.path) AS placed"
                        + (shifted
                                ? " ASOF LEFT JOIN " + origins.shifts()
                                        + " AS shifts ON placed._leat_path = shifts.path"
                                        + " AND placed._leat_before >= shifts.after"
                                : ""),
                shifted ? "_leat_before + 1 + coalesce(shifts.shift, 0)" : "_leat_before + 1",
                "_leat_row",
                "SELECT record, NULL, code, reason, NULL, raw, 'read' FROM " + origins.broken());
    }

    /** Rows of an earlier scan, which knew them all and rejected others. */
    static PlacedRows again(KeptSchema kept, String placed, String rejects) {
        return new PlacedRows(
                kept,
                "(" + placed + ")",
                "(SELECT *, CAST(NULL AS VARCHAR) AS _leat_malformed FROM (" + placed + "))",
                "_leat_record",
                "_leat_record",
                "SELECT record, \"column\", code, reason, value, raw, step FROM " + rejects);
    }
}
