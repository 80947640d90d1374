package io.leat.state;

import io.leat.name.EnvironmentName;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds and deletes what is old and not needed, within one transaction. Needed is the newest generation of every slice, for without
 * it the slice would be due again; what is published, with its record; and the runs that a remaining record names.
 */
final class Purge {

    /** The kinds of rows, in the order in which they go. */
    enum Kind {
        RECORDS("pipeline_records", "id", oldRecord("old")),
        LOADS("leat_loads", "load_id", "old.environment = ? AND old.replaced_by IS NOT NULL AND old.replaced_at < ?"),
        RUNS(
                "runs",
                "run_id",
                "old.environment = ? AND old.ended_at < ? AND NOT EXISTS (SELECT 1 FROM pipeline_records AS r"
                        + " WHERE r.run_id = old.run_id AND NOT (" + oldRecord("r") + "))"),
        AUDIT_ENTRIES("audit_log", "id", "old.environment = ? AND old.at < ?");

        private final String table;
        private final String key;
        private final String condition;

        Kind(String table, String key, String condition) {
            this.table = table;
            this.key = key;
            this.condition = condition;
        }

        private static String oldRecord(String alias) {
            return """
                    %1$s.environment = ? AND %1$s.latest = 0 AND %1$s.record_last_updated_time < ?
                    AND NOT EXISTS (
                      SELECT 1 FROM leat_loads AS l
                      WHERE l.environment = %1$s.environment AND l.pipeline = %1$s.pipeline AND l.slice = %1$s.slice
                        AND l.generation = %1$s.generation AND l.replaced_by IS NULL)
                    """.formatted(alias);
        }

        private String from() {
            return " FROM " + table + " AS old WHERE " + condition;
        }
    }

    private final Session session;
    private final EnvironmentName environment;
    private final Instant before;

    Purge(Session session, EnvironmentName environment, Instant before) {
        this.session = session;
        this.environment = environment;
        this.before = before;
    }

    /**
     * What one step deleted.
     *
     * @param last after which key to go on; null: there are no more of the kind
     */
    record Step(Purged purged, @Nullable Object last) {}

    /** Deletes some rows of a kind, with what belongs to them. Rows that somebody else is changing are left out. */
    Step step(Kind kind, @Nullable Object after, int atMost) throws SQLException {
        var values = values(kind);
        if (after != null) {
            values.add(after);
        }
        values.add(atMost);
        List<Object> keys = session.list(
                "SELECT old." + kind.key + kind.from() + (after == null ? "" : " AND old." + kind.key + " > ?")
                        + " ORDER BY old." + kind.key + " LIMIT ?"
                        + session.dialect().skipLocked(),
                Row::value,
                values.toArray());
        return new Step(
                keys.isEmpty() ? Purged.NOTHING : delete(kind, keys), keys.size() < atMost ? null : keys.getLast());
    }

    private Purged delete(Kind kind, List<Object> keys) throws SQLException {
        return switch (kind) {
            case RECORDS -> {
                long events = delete("record_events", "record_id", keys);
                long checks = delete("check_results", "record_id", keys);
                yield new Purged(delete(kind.table, kind.key, keys), events, checks, 0, 0, 0);
            }
            case LOADS -> new Purged(0, 0, 0, delete(kind.table, kind.key, keys), 0, 0);
            case RUNS -> new Purged(0, 0, 0, 0, delete(kind.table, kind.key, keys), 0);
            case AUDIT_ENTRIES -> new Purged(0, 0, 0, 0, 0, delete(kind.table, kind.key, keys));
        };
    }

    private long delete(String table, String column, List<Object> keys) throws SQLException {
        return session.change(
                "DELETE FROM " + table + " WHERE " + column + " IN (" + Session.places(keys.size()) + ")",
                Session.filled(keys).toArray());
    }

    /** What all steps together would delete now. */
    Purged count() throws SQLException {
        return new Purged(
                count("SELECT count(*)" + Kind.RECORDS.from(), Kind.RECORDS),
                ofOldRecords("record_events"),
                ofOldRecords("check_results"),
                count("SELECT count(*)" + Kind.LOADS.from(), Kind.LOADS),
                count("SELECT count(*)" + Kind.RUNS.from(), Kind.RUNS),
                count("SELECT count(*)" + Kind.AUDIT_ENTRIES.from(), Kind.AUDIT_ENTRIES));
    }

    private long ofOldRecords(String table) throws SQLException {
        return count(
                "SELECT count(*) FROM " + table + " WHERE record_id IN (SELECT old.id" + Kind.RECORDS.from() + ")",
                Kind.RECORDS);
    }

    private long count(String sql, Kind kind) throws SQLException {
        return session.one(sql, Row::number, values(kind).toArray()).orElse(0L);
    }

    private List<@Nullable Object> values(Kind kind) {
        var values = new ArrayList<@Nullable Object>(List.of(environment, before));
        if (kind == Kind.RUNS) {
            values.addAll(List.of(environment, before));
        }
        return values;
    }
}
