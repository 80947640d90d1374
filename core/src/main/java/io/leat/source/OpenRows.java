package io.leat.source;

import io.leat.lake.DuckDb;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.schema.RawColumn;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The rows of files that can be read, to be asked several times.
 *
 * @param relation a query of the raw columns
 * @param broken records that cannot be read
 */
record OpenRows(DuckDb duckDb, List<RawColumn> columns, String relation, long broken, Optional<String> table)
        implements AutoCloseable {

    /** The files themselves: a record that is broken fails every query. */
    static OpenRows direct(DuckDb duckDb, FileRows rows) {
        return new OpenRows(duckDb, rows.schema().columns(), rows.clean(), 0, Optional.empty());
    }

    /** A temporary table of what can be read. */
    static OpenRows salvaged(DuckDb duckDb, FileRows rows) {
        String table = "_leat_draft_" + UUID.randomUUID().toString().replace("-", "");
        duckDb.execute("CREATE TEMP TABLE " + table + " AS SELECT * FROM (" + rows.numbered() + ")");
        RawRows.Origins origins = rows.origins(duckDb, table);
        long broken = count(duckDb, "SELECT count(*) FROM " + origins.broken())
                + count(duckDb, "SELECT count(*) FROM " + table + " WHERE _leat_malformed IS NOT NULL");
        origins.drop(duckDb);
        String relation = "SELECT * FROM " + table + " WHERE _leat_malformed IS NULL";
        return new OpenRows(duckDb, rows.schema().columns(), relation, broken, Optional.of(table));
    }

    /** Whether a failure is about the content of files, so that another way of reading may help. */
    static boolean isAboutContent(PipelineException failure) {
        return failure.code() == ErrorCode.DUCKDB || failure.code() == ErrorCode.MALFORMED_FILE;
    }

    @Override
    public void close() {
        table.ifPresent(name -> duckDb.execute("DROP TABLE IF EXISTS " + name));
    }

    private static long count(DuckDb duckDb, String sql) {
        return duckDb.one(sql, row -> row.getLong(1)).orElse(0L);
    }
}
