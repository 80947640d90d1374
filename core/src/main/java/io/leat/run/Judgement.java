package io.leat.run;

import io.leat.lake.DuckDb;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.Sql;
import io.leat.schema.Accounting;
import io.leat.schema.Provenance;
import io.leat.source.RawRows;
import io.leat.step.Fate;
import io.leat.step.Program;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Rows with their fates, in a temporary table: queries for what was loaded and what was rejected, and the accounting. Belongs to
 * the connection that made it; close it to drop the table.
 */
public final class Judgement implements AutoCloseable {

    private final DuckDb duckDb;
    private final Program program;
    private final String table;
    private final RawRows.Origins origins;
    private final String pipeline;
    private final FateCounts counts;

    Judgement(DuckDb duckDb, Program program, String table, RawRows.Origins origins, String pipeline) {
        this.duckDb = duckDb;
        this.program = program;
        this.table = table;
        this.origins = origins;
        this.pipeline = pipeline;
        duckDb.execute("INSERT INTO " + table + " BY NAME SELECT path AS _leat_path, -record AS _leat_row, CAST("
                + Fate.REJECTED
                + " AS TINYINT) AS _leat_fate, CAST(0 AS SMALLINT) AS _leat_step, code AS _leat_code, reason AS _leat_reason,"
                + " raw AS _leat_raw FROM " + origins.broken());
        this.counts = FateCounts.of(duckDb, table, origins, program);
    }

    /** A query for the rows that were loaded: contract and provenance columns. */
    public String good() {
        return "SELECT " + Sql.identifiers(program.contract().names()) + ", " + Sql.literal(pipeline) + " AS "
                + Provenance.PIPELINE + ", _leat_window AS " + Provenance.WINDOW + " FROM " + table
                + " WHERE _leat_fate = " + Fate.ALIVE;
    }

    /** The same, of one window alone. */
    public String good(Instant window) {
        return good() + " AND _leat_window = TIMESTAMP WITH TIME ZONE " + Sql.literal(window.toString());
    }

    /**
     * A query for the rejects, one for each source row: {@code file}, {@code record}, {@code "column"}, {@code code}, {@code
     * reason}, {@code value}, {@code raw}, {@code "window"}, {@code step}.
     */
    public String rejects() {
        return """
            SELECT f.name AS file,
                   CASE WHEN j._leat_row < 0 THEN -j._leat_row
                        ELSE j._leat_row - f.first_row + 1 + coalesce(s.shift, 0) END AS record,
                   j._leat_column AS "column", j._leat_code AS code, j._leat_reason AS reason, j._leat_value AS value,
                   %s AS raw, j._leat_window AS "window", [%s][j._leat_step + 1] AS step
            FROM (SELECT *, _leat_row - f.first_row AS _leat_before FROM %s AS r JOIN %s AS f ON r._leat_path = f.path
                  WHERE _leat_fate = %s AND _leat_code IS NOT NULL
                  QUALIFY row_number() OVER (PARTITION BY _leat_path, _leat_row ORDER BY _leat_step, _leat_column, _leat_value) = 1) AS j
            JOIN %s AS f ON j._leat_path = f.path
            %s
            ASOF LEFT JOIN %s AS s ON j._leat_path = s.path AND j._leat_before >= s.after""".formatted(
                        program.unpivotStep() < 0 ? "j._leat_raw" : "coalesce(j._leat_raw, o.raw)",
                        Sql.literals(program.stepNames()),
                        table,
                        origins.files(),
                        Fate.REJECTED,
                        origins.files(),
                        program.unpivotStep() < 0 ? "" : rawOfOrigins(),
                        origins.shifts());
    }

    /** Of several rows of one origin only the first carries the raw record. */
    private String rawOfOrigins() {
        return """
            LEFT JOIN (SELECT _leat_path, _leat_row, any_value(_leat_raw) AS raw FROM %s WHERE _leat_raw IS NOT NULL
                       GROUP BY _leat_path, _leat_row) AS o ON j._leat_path = o._leat_path AND j._leat_row = o._leat_row""".formatted(table);
    }

    /** The fates of all rows. */
    public Accounting total() {
        return counts.total();
    }

    /** The fates of the rows of each window; without windows, and for records that could not be read, the key is empty. */
    public Map<Optional<Instant>, Accounting> byWindow() {
        return counts.byWindow();
    }

    /** The fates of the rows of each file, by its name; files without rows are there too. */
    public Map<String, Accounting> byFile() {
        return counts.byFile();
    }

    /** How many source rows were rejected, by code. */
    public Map<String, Long> rejectedByCode() {
        Map<String, Long> byCode = new TreeMap<>();
        duckDb.stream(
                "SELECT code, count(*) FROM (" + rejects() + ") GROUP BY code",
                row -> byCode.put(row.getString(1), row.getLong(2)));
        return byCode;
    }

    /** Throws E003 for the first value that is not of its type. */
    void requireTypes() {
        List<String> first = duckDb.query(
                "SELECT concat_ws(' ', file, 'record', record || ':', 'column', \"column\" || ':', reason, '(' || value || ')') FROM ("
                        + rejects() + ") WHERE code = 'TYPE' ORDER BY file, record LIMIT 1",
                row -> row.getString(1));
        if (!first.isEmpty()) {
            throw new PipelineException(ErrorCode.SCHEMA_VALIDATION, first.getFirst())
                    .withHint("correct the value or the column's type, or set `schema_contract: { types: reject }`");
        }
    }

    long brokenRecords() {
        return duckDb.one("SELECT count(*) FROM " + origins.broken(), row -> row.getLong(1))
                .orElse(0L);
    }

    @Override
    public void close() {
        for (String name : List.of(table, origins.files(), origins.shifts(), origins.broken())) {
            duckDb.execute("DROP TABLE IF EXISTS " + name);
        }
    }
}
