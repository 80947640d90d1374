package io.leat.target.postgres;

import io.leat.lake.SliceLoad;
import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import io.leat.name.LoadId;
import io.leat.name.PipelineException;
import io.leat.name.PipelineName;
import io.leat.state.Record;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code leat_target.loads}: what was published in this database, written in the transactions that published it. */
final class TargetLedger {
    private final DatabaseSession session;
    private final String storeId;

    TargetLedger(DatabaseSession session, String storeId) {
        this.session = session;
        this.storeId = storeId;
    }

    /** A load that readers see. */
    record Entry(
            LoadId loadId,
            Slice slice,
            int generation,
            String target,
            long rows,
            long rejected,
            @Nullable String sums,
            @Nullable String sourceToken,
            @Nullable String fingerprint,
            @Nullable String inputs,
            @Nullable Long sourceSeen) {}

    private static final String SELECT = """
            SELECT load_id, slice, generation, target, "rows", rejected, sums, source_token, fingerprint, inputs, source_seen
            FROM leat_target.loads
            WHERE store_id = ? AND environment = ? AND pipeline = ? AND replaced_by IS NULL
            """;

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                new LoadId(text(row, 1)),
                Slice.parse(text(row, 2)),
                row.getInt(3),
                text(row, 4),
                row.getLong(5),
                row.getLong(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getObject(11, Long.class));
    }

    private static String text(ResultSet row, int column) throws SQLException {
        return String.valueOf(row.getString(column));
    }

    /** The loads of slices that readers see. */
    List<Entry> published(EnvironmentName environment, PipelineName pipeline, Collection<? extends Slice> slices)
            throws SQLException {
        return session.list(
                SELECT + " AND slice = ANY (CAST(? AS text[]))",
                TargetLedger::entry,
                storeId,
                environment,
                pipeline,
                slices.stream().map(Slice::text).toList());
    }

    /** The loads of a pipeline's windows that readers see, of windows that reach into these bounds. */
    List<Entry> publishedWithin(EnvironmentName environment, PipelineName pipeline, Instant from, Instant to)
            throws SQLException {
        return session.list(
                SELECT + " AND window_start < to_timestamp(?) AND window_end > to_timestamp(?)",
                TargetLedger::entry,
                storeId,
                environment,
                pipeline,
                to.getEpochSecond(),
                from.getEpochSecond());
    }

    /** Those of the loads that were ever published here. */
    Set<LoadId> known(Collection<LoadId> ids) throws SQLException {
        return new HashSet<>(session.list(
                "SELECT load_id FROM leat_target.loads WHERE load_id = ANY (CAST(? AS text[]))",
                row -> new LoadId(text(row, 1)),
                ids));
    }

    /** The ids of all loads of slices that brought rows into a table, with their rows. */
    Map<Slice, Map<LoadId, Long>> history(
            EnvironmentName environment, PipelineName pipeline, String target, Collection<? extends Slice> slices)
            throws SQLException {
        Map<Slice, Map<LoadId, Long>> history = new HashMap<>();
        session.list(
                """
                SELECT slice, load_id, "rows" FROM leat_target.loads
                WHERE store_id = ? AND environment = ? AND pipeline = ? AND target = ? AND slice = ANY (CAST(? AS text[]))
                """,
                row -> history.computeIfAbsent(Slice.parse(text(row, 1)), slice -> new HashMap<>())
                        .put(new LoadId(text(row, 2)), row.getLong(3)),
                storeId,
                environment,
                pipeline,
                target,
                slices.stream().map(Slice::text).toList());
        return history;
    }

    /**
     * Enters loads in place of those that their slices have.
     *
     * @throws PipelineException E407 if a claim has published another load already
     */
    void enter(List<SliceLoad> loads, String target) throws SQLException {
        requireNewTokens(loads);
        session.change(
                """
                UPDATE leat_target.loads AS l SET replaced_by = given.load_id
                FROM unnest(CAST(? AS text[]), CAST(? AS text[])) AS given(slice, load_id)
                WHERE l.store_id = ? AND l.environment = ? AND l.pipeline = ? AND l.slice = given.slice
                  AND l.replaced_by IS NULL
                """,
                loads.stream().map(load -> load.record().slice().text()).toList(),
                loads.stream().map(SliceLoad::loadId).toList(),
                storeId,
                loads.getFirst().record().environment(),
                loads.getFirst().record().pipeline());
        session.changeAll("""
                INSERT INTO leat_target.loads (
                  load_id, store_id, environment, pipeline, slice, generation, token, target, "rows", rejected, sums,
                  source_token, fingerprint, inputs, source_seen, window_start, window_end)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS bigint), to_timestamp(CAST(? AS bigint)),
                  to_timestamp(CAST(? AS bigint)))
                """, loads.stream().map(load -> values(load, target)).toList());
    }

    private List<@Nullable Object> values(SliceLoad load, String target) {
        Record record = load.record();
        return Arrays.asList(
                load.loadId(),
                storeId,
                record.environment(),
                record.pipeline(),
                record.slice().text(),
                record.generation(),
                record.token(),
                target,
                load.rows(),
                load.rejected(),
                load.sums(),
                load.sourceToken(),
                load.fingerprint(),
                load.inputs(),
                load.sourceSeen(),
                seconds(record.window().map(Window::start)),
                seconds(record.window().map(Window::end)));
    }

    private static @Nullable Long seconds(Optional<Instant> instant) {
        return instant.map(Instant::getEpochSecond).orElse(null);
    }

    private void requireNewTokens(List<SliceLoad> loads) throws SQLException {
        List<Long> tokens = loads.stream().map(load -> load.record().token()).toList();
        List<String> used = session.list(
                "SELECT load_id FROM leat_target.loads WHERE store_id = ? AND token = ANY (CAST(? AS bigint[]))",
                row -> text(row, 1),
                storeId,
                tokens);
        if (!used.isEmpty()) {
            throw new PipelineException(
                    ErrorCode.COMMIT_CONFLICT,
                    "the claim has published another load already, " + used.getFirst() + ": nothing was changed");
        }
    }

    /** What a slice has published counts no more. */
    void retire(EnvironmentName environment, PipelineName pipeline, Slice slice, LoadId by) throws SQLException {
        session.change("""
                UPDATE leat_target.loads SET replaced_by = ?
                WHERE store_id = ? AND environment = ? AND pipeline = ? AND slice = ? AND replaced_by IS NULL
                """, by, storeId, environment, pipeline, slice.text());
    }
}
