package io.leat.target.postgres;

import io.leat.name.PipelineName;
import io.leat.name.Sql;
import io.leat.name.TableName;
import io.leat.schema.AuditLevel;
import io.leat.schema.Contract;
import io.leat.schema.Provenance;
import io.leat.schema.Sums;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows that a pipeline has in a table. Those of others are never seen and never touched: provenance alone decides. */
final class TableRows {
    private final DatabaseSession session;
    private final TableName table;
    private final PipelineName pipeline;

    TableRows(DatabaseSession session, TableName table, PipelineName pipeline) {
        this.session = session;
        this.table = table;
        this.pipeline = pipeline;
    }

    /**
     * Rows by a condition with its values; together they are those of some slices.
     *
     * @param grouping what tells the slices apart; empty: there is only one, and grouping would cost as much as summing up
     */
    private record Part(String condition, String grouping, List<@Nullable Object> values) {
        @Nullable
        Object[] bound() {
            return values.toArray();
        }
    }

    /** The bounds let the index find few places, whichever windows lie between them. */
    private List<Part> parts(Collection<? extends Slice> slices) {
        List<Part> parts = new ArrayList<>();
        List<Long> starts = slices.stream()
                .flatMap(slice -> start(slice).stream())
                .map(Instant::getEpochSecond)
                .sorted()
                .toList();
        String ours = Provenance.PIPELINE + " = ? AND ";
        if (!starts.isEmpty()) {
            parts.add(new Part(
                    ours + Provenance.WINDOW + " BETWEEN to_timestamp(?) AND to_timestamp(?) AND " + Provenance.WINDOW
                            + " IN (SELECT to_timestamp(given) FROM unnest(CAST(? AS bigint[])) AS given)",
                    starts.size() == 1 ? " HAVING count(*) > 0" : " GROUP BY " + Provenance.WINDOW,
                    List.of(pipeline, starts.getFirst(), starts.getLast(), starts)));
        }
        if (starts.size() < slices.size()) {
            parts.add(new Part(ours + Provenance.WINDOW + " IS NULL", " HAVING count(*) > 0", List.of(pipeline)));
        }
        return parts;
    }

    private static Optional<Instant> start(Slice slice) {
        return slice instanceof Slice.OfWindow(Window window) ? Optional.of(window.start()) : Optional.empty();
    }

    void remove(Collection<? extends Slice> slices) throws SQLException {
        for (Part part : parts(slices)) {
            session.change("DELETE FROM " + Sql.identifier(table) + " WHERE " + part.condition(), part.bound());
        }
    }

    /** Takes the rows into another table, in place of those that the slices have there. */
    void moveTo(TableName other, Contract columns, Collection<? extends Slice> slices) throws SQLException {
        new TableRows(session, other, pipeline).remove(slices);
        List<String> names = new ArrayList<>(columns.names());
        names.addAll(List.of(Provenance.PIPELINE, Provenance.WINDOW));
        String list = Sql.identifiers(names);
        for (Part part : parts(slices)) {
            session.change(
                    "WITH gone AS (DELETE FROM " + Sql.identifier(table) + " WHERE " + part.condition() + " RETURNING "
                            + list + ") INSERT INTO " + Sql.identifier(other) + " (" + list + ") SELECT " + list
                            + " FROM gone",
                    part.bound());
        }
    }

    /** Copies some columns of the slices' rows, each combination once. */
    void copyTo(String other, List<String> columns, Collection<? extends Slice> slices) throws SQLException {
        for (Part part : parts(slices)) {
            session.change(
                    "INSERT INTO " + other + " SELECT DISTINCT " + Sql.identifiers(columns) + " FROM "
                            + Sql.identifier(table) + " WHERE " + part.condition(),
                    part.bound());
        }
    }

    Map<Slice, Long> count(Collection<? extends Slice> slices) throws SQLException {
        return perSlice(slices, "count(*)", "", row -> row.getLong(2), 0L);
    }

    Map<Slice, Sums> sums(Collection<? extends Slice> slices, Contract contract, AuditLevel level) throws SQLException {
        var sums = new TableSums(contract, level);
        return perSlice(slices, sums.aggregates(), sums.hashes(), sums::read, sums.none());
    }

    /** @param more columns that are computed beside those of the table, once for each row; empty: none */
    private <T> Map<Slice, T> perSlice(
            Collection<? extends Slice> slices,
            String aggregates,
            String more,
            DatabaseSession.Reader<T> reader,
            T none)
            throws SQLException {
        Map<Optional<Instant>, T> found = new HashMap<>();
        for (Part part : parts(slices)) {
            String rows = "SELECT *" + more + " FROM " + Sql.identifier(table) + " WHERE " + part.condition();
            session.list(
                    "SELECT CAST(extract(epoch FROM min(" + Provenance.WINDOW + ")) AS bigint), " + aggregates
                            + " FROM (" + rows + (more.isEmpty() ? "" : " OFFSET 0") + ") AS r" + part.grouping(),
                    row -> found.put(window(row), reader.read(row)),
                    part.bound());
        }
        Map<Slice, T> answers = new LinkedHashMap<>();
        Function<Slice, T> answer = slice -> found.getOrDefault(start(slice), none);
        slices.forEach(slice -> answers.put(slice, answer.apply(slice)));
        return answers;
    }

    private static Optional<Instant> window(ResultSet row) throws SQLException {
        long seconds = row.getLong(1);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
    }
}
