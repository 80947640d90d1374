package io.leat.run;

import io.leat.lake.DuckDb;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.Sql;
import io.leat.schema.Accounting;
import io.leat.schema.Fold;
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

    /** A query for the rows that were loaded: contract and provenance columns, and those of {@link Fold} if they are changes. */
    public String good() {
        String alive = "_leat_fate = " + Fate.ALIVE;
        return "SELECT " + Sql.identifiers("j", program.contract().names()) + (program.changes() ? originColumns() : "")
                + ", " + Sql.literal(pipeline) + " AS " + Provenance.PIPELINE + ", j._leat_window AS "
                + Provenance.WINDOW
                + (program.changes() ? located("WHERE " + alive) : " FROM " + table + " AS j WHERE " + alive);
    }

    private String originColumns() {
        return ", j." + Fold.DELETED + ", f.name AS " + Fold.FILE + ", " + RECORD + " AS " + Fold.RECORD + ", "
                + (program.unpivotStep() < 0 ? "CAST(NULL AS BIGINT) AS " : "j.") + Fold.CHILD;
    }

    /** The number of a located row's record in its file. */
    private static final String RECORD =
            "CASE WHEN j._leat_row < 0 THEN -j._leat_row ELSE j._leat_row - f.first_row + 1 + coalesce(s.shift, 0) END";

    /** Some of the rows, as {@code j}, with their file, as {@code f}, and the shift of their record numbers, as {@code s}. */
    private String located(String which) {
        return """
             FROM (SELECT r.*, _leat_row - f.first_row AS _leat_before FROM %1$s AS r JOIN %2$s AS f ON r._leat_path = f.path
                  %3$s) AS j
            JOIN %2$s AS f ON j._leat_path = f.path
            ASOF LEFT JOIN %4$s AS s ON j._leat_path = s.path AND j._leat_before >= s.after
            """.formatted(table, origins.files(), which, origins.shifts());
    }

    /**
     * A query for the rejects, one for each source row: {@code file}, {@code record}, {@code "column"}, {@code code}, {@code
     * reason}, {@code value}, {@code raw}, {@code "window"}, {@code step}.
     */
    public String rejects() {
        return """
            SELECT f.name AS file, %s AS record,
                   j._leat_column AS "column", j._leat_code AS code, j._leat_reason AS reason, j._leat_value AS value,
                   %s AS raw, j._leat_window AS "window", [%s][j._leat_step + 1] AS step
            %s
            %s""".formatted(
                        RECORD,
                        program.unpivotStep() < 0 ? "j._leat_raw" : "coalesce(j._leat_raw, o.raw)",
                        Sql.literals(program.stepNames()),
                        located("WHERE _leat_fate = " + Fate.REJECTED + " AND _leat_code IS NOT NULL"
                                + " QUALIFY row_number() OVER (PARTITION BY _leat_path, _leat_row"
                                + " ORDER BY _leat_step, _leat_column, _leat_value) = 1"),
                        program.unpivotStep() < 0 ? "" : rawOfOrigins());
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
