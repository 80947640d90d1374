package io.leat.target.postgres;

import io.leat.lake.DuckDb;
import io.leat.name.PipelineName;
import io.leat.name.Sql;
import io.leat.name.TableName;
import io.leat.schema.Column;
import io.leat.schema.LeatType;
import io.leat.schema.Provenance;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;
import org.postgresql.copy.CopyIn;

/**
 * Rows of staged files, copied into a table by one COPY. Values go from DuckDB's vectors into COPY's binary form: no text is written
 * and read again, so that nothing depends on quoting or on the settings of a session.
 */
final class BinaryCopy {
    private final List<String> names = new ArrayList<>();
    private final List<FieldForm> fields = new ArrayList<>();

    /** @param columns those that are in the files but for provenance, all of which the table has by the same names */
    BinaryCopy(List<Column> columns, PipelineName pipeline) {
        for (Column column : columns) {
            add(column.name(), FieldForm.of(column.name(), column.type()));
        }
        add(Provenance.PIPELINE, FieldForm.ofConstant(pipeline.value()));
        add(Provenance.WINDOW, FieldForm.of(Provenance.WINDOW, LeatType.TIMESTAMP));
    }

    private void add(String name, FieldForm field) {
        names.add(name);
        fields.add(field);
    }

    /**
     * Copies all rows.
     *
     * @param rows how many there are in the files
     * @return how many the server has entered
     */
    long into(TableName table, DatabaseSession session, DuckDb duckDb, Collection<String> files, long rows)
            throws SQLException {
        String select = fields.stream().map(FieldForm::sql).collect(Collectors.joining(", "));
        CopyIn copy = session.copy(
                "COPY " + Sql.identifier(table) + " (" + Sql.identifiers(names) + ") FROM STDIN (FORMAT binary)");
        try (var watch = session.watch()) {
            var out = new CopyBuffer();
            out.header();
            duckDb.chunks(
                    "SELECT " + select + " FROM read_parquet([" + Sql.literals(files) + "])",
                    rows,
                    chunk -> write(chunk, out, copy, watch));
            out.trailer();
            watch.write(copy, out);
            return copy.endCopy();
        } catch (SendingException failure) {
            throw failure.failure;
        } finally {
            session.cancel(copy);
        }
    }

    /** The server failed while DuckDB was read: it is no failure of DuckDB's. */
    private static final class SendingException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient SQLException failure;

        SendingException(SQLException failure) {
            super(failure);
            this.failure = failure;
        }
    }

    private static void send(CopyBuffer out, CopyIn copy, StallWatch watch) {
        try {
            watch.write(copy, out);
        } catch (SQLException failure) {
            throw new SendingException(failure);
        }
    }

    private void write(DuckDBDataChunkReader chunk, CopyBuffer out, CopyIn copy, StallWatch watch) throws SQLException {
        DuckDBReadableVector[] vectors = new DuckDBReadableVector[fields.size()];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = chunk.vector(i);
        }
        long rows = chunk.rowCount();
        for (long row = 0; row < rows; row++) {
            out.row(vectors.length);
            for (int i = 0; i < vectors.length; i++) {
                fields.get(i).write(vectors[i], row, out);
            }
            if (out.isFull()) {
                send(out, copy, watch);
            }
        }
    }
}
