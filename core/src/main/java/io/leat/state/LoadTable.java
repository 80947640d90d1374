package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.LoadId;
import io.leat.name.PipelineName;
import io.leat.name.TableName;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code leat_loads}: the ledger. */
final class LoadTable {
    private static final int SLICES_AT_ONCE = 512;

    private static final String SELECT = """
            SELECT load_id, environment, pipeline, slice, generation, target, store_id, token, "rows", rejected,
              sums, source_token, fingerprint, inputs, source_seen, window_start_time, window_end_time, committed_at,
              replaced_by, quarantine
            FROM leat_loads
            """;

    private final Session session;

    LoadTable(Session session) {
        this.session = session;
    }

    private static Load read(Row row) throws SQLException {
        return new Load(
                new LoadId(row.text()),
                row.environment(),
                row.pipeline(),
                row.slice(),
                row.integer(),
                row.text(),
                row.text(),
                row.number(),
                row.number(),
                row.number(),
                row.textOrNull(),
                row.textOrNull(),
                row.textOrNull(),
                row.textOrNull(),
                row.numberOrNull(),
                row.instantOrNull(),
                row.instantOrNull(),
                row.instant(),
                row.loadOrNull(),
                row.textOrNull());
    }

    /** Enters a load and marks the one that it replaces. */
    Load add(NewLoad load, String storeId, Instant now) throws SQLException {
        Record record = load.record();
        var window = record.window();
        session.change(
                """
                UPDATE leat_loads SET replaced_by = ?, replaced_at = ?
                WHERE environment = ? AND pipeline = ? AND slice = ? AND replaced_by IS NULL
                """,
                load.loadId(),
                now,
                record.environment(),
                record.pipeline(),
                record.slice().text());
        session.change(
                """
                INSERT INTO leat_loads (
                  load_id, environment, pipeline, slice, generation, target, store_id, token, "rows", rejected,
                  sums, source_token, fingerprint, inputs, source_seen, window_start_time, window_end_time, committed_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                load.loadId(),
                record.environment(),
                record.pipeline(),
                record.slice().text(),
                record.generation(),
                load.target(),
                storeId,
                record.token(),
                load.rows(),
                load.rejected(),
                load.sums(),
                load.sourceToken(),
                load.fingerprint(),
                load.inputs(),
                load.sourceSeen(),
                window.map(Window::start).orElse(null),
                window.map(Window::end).orElse(null),
                now);
        return new Load(
                load.loadId(),
                record.environment(),
                record.pipeline(),
                record.slice(),
                record.generation(),
                load.target(),
                storeId,
                record.token(),
                load.rows(),
                load.rejected(),
                load.sums(),
                load.sourceToken(),
                load.fingerprint(),
                load.inputs(),
                load.sourceSeen(),
                window.map(Window::start).orElse(null),
                window.map(Window::end).orElse(null),
                now,
                null,
                null);
    }

    /** The published load of a slice goes without another one of the same slice. */
    void retire(Record record, LoadId by, Instant now) throws SQLException {
        session.change(
                """
                UPDATE leat_loads SET replaced_by = ?, replaced_at = ?
                WHERE environment = ? AND pipeline = ? AND slice = ? AND replaced_by IS NULL
                """,
                by,
                now,
                record.environment(),
                record.pipeline(),
                record.slice().text());
    }

    Optional<Load> byId(LoadId id) throws SQLException {
        return session.one(SELECT + "WHERE load_id = ?", LoadTable::read, id);
    }

    List<Load> byIds(List<LoadId> ids) throws SQLException {
        return session.list(
                SELECT + "WHERE load_id IN (" + Session.places(ids.size()) + ") ORDER BY token",
                LoadTable::read,
                Session.filled(ids).toArray());
    }

    Optional<Load> byToken(long token) throws SQLException {
        return session.one(SELECT + "WHERE token = ?", LoadTable::read, token);
    }

    Optional<Load> published(EnvironmentName environment, PipelineName pipeline, Slice slice) throws SQLException {
        return session.one(
                SELECT + "WHERE environment = ? AND pipeline = ? AND slice = ? AND replaced_by IS NULL",
                LoadTable::read,
                environment,
                pipeline,
                slice.text());
    }

    Map<Slice, Load> published(EnvironmentName environment, PipelineName pipeline, Collection<? extends Slice> slices)
            throws SQLException {
        var found = new LinkedHashMap<Slice, Load>();
        var texts = slices.stream().map(Slice::text).toList();
        for (int from = 0; from < texts.size(); from += SLICES_AT_ONCE) {
            var some = texts.subList(from, Math.min(texts.size(), from + SLICES_AT_ONCE));
            var values = new ArrayList<@Nullable Object>(List.of(environment, pipeline));
            values.addAll(Session.filled(some));
            session.list(
                            SELECT + "WHERE environment = ? AND pipeline = ? AND replaced_by IS NULL AND slice IN ("
                                    + Session.places(some.size()) + ")",
                            LoadTable::read,
                            values.toArray())
                    .forEach(load -> found.put(load.slice(), load));
        }
        return found;
    }

    List<Load> published(EnvironmentName environment, PipelineName pipeline) throws SQLException {
        return session.list(SELECT + """
                        WHERE environment = ? AND pipeline = ? AND replaced_by IS NULL
                        ORDER BY window_start_time NULLS FIRST, slice
                        """, LoadTable::read, environment, pipeline);
    }

    List<Load> published(EnvironmentName environment, TableName target, @Nullable Instant from, @Nullable Instant to)
            throws SQLException {
        return session.list(
                SELECT + """
                        WHERE environment = ? AND target = ? AND replaced_by IS NULL
                          AND (window_start_time IS NULL OR (window_end_time > ? AND window_start_time < ?))
                        ORDER BY window_start_time NULLS FIRST, pipeline, slice
                        """,
                LoadTable::read,
                environment,
                target,
                from == null ? Long.MIN_VALUE : from.toEpochMilli(),
                to == null ? Long.MAX_VALUE : to.toEpochMilli());
    }

    List<Load> quarantined(EnvironmentName environment, PipelineName pipeline) throws SQLException {
        return session.list(SELECT + """
                        WHERE environment = ? AND pipeline = ? AND replaced_by IS NULL AND quarantined_at IS NOT NULL
                        ORDER BY window_start_time NULLS FIRST, slice
                        """, LoadTable::read, environment, pipeline);
    }

    long rows(EnvironmentName environment, PipelineName pipeline, @Nullable Window within) throws SQLException {
        return session.one(
                        """
                        SELECT coalesce(sum("rows"), 0) FROM leat_loads
                        WHERE environment = ? AND pipeline = ? AND replaced_by IS NULL
                          AND (? = 0 OR (window_start_time >= ? AND window_end_time <= ?))
                        """,
                        Row::number,
                        environment,
                        pipeline,
                        within != null,
                        within == null ? null : within.start(),
                        within == null ? null : within.end())
                .orElse(0L);
    }

    /** The loads have seen the source up to this change. One that is being replaced is left out, so that nobody waits here. */
    void saw(List<LoadId> ids, long change) throws SQLException {
        var values = new ArrayList<@Nullable Object>(List.of(change));
        values.addAll(Session.filled(ids));
        session.change(
                "UPDATE leat_loads SET source_seen = ? WHERE load_id IN (SELECT load_id FROM leat_loads WHERE load_id IN ("
                        + Session.places(ids.size()) + ")" + session.dialect().skipLocked() + ")",
                values.toArray());
    }

    List<Load> history(EnvironmentName environment, PipelineName pipeline, Slice slice) throws SQLException {
        String ofSlice = "WHERE environment = ? AND pipeline = ? AND slice = ? AND replaced_by ";
        return session.list(
                SELECT + ofSlice + "IS NOT NULL UNION ALL " + SELECT + ofSlice + "IS NULL ORDER BY token",
                LoadTable::read,
                environment,
                pipeline,
                slice.text(),
                environment,
                pipeline,
                slice.text());
    }

    /** Marks the load, if it is still what readers see. */
    void quarantine(LoadId id, String reason, Instant now) throws SQLException {
        session.change(
                "UPDATE leat_loads SET quarantine = ?, quarantined_at = ? WHERE load_id = ? AND replaced_by IS NULL",
                reason,
                now,
                id);
    }

    void endQuarantine(LoadId id) throws SQLException {
        session.change("""
                UPDATE leat_loads SET quarantine = NULL, quarantined_at = NULL
                WHERE load_id = ? AND quarantined_at IS NOT NULL
                """, id);
    }
}
