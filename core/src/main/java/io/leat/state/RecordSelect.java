package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.PipelineName;
import io.leat.name.RunId;
import io.leat.time.IntervalSet;
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

/** Reads {@code pipeline_records}. */
final class RecordSelect {
    private static final int SLICES_AT_ONCE = 512;

    private static final String SELECT = "SELECT " + RecordRow.COLUMNS + " FROM pipeline_records ";

    private final Session session;

    RecordSelect(Session session) {
        this.session = session;
    }

    Optional<Record> byId(long id) throws SQLException {
        return session.one(SELECT + "WHERE id = ?", RecordRow::read, id);
    }

    Optional<Record> latest(EnvironmentName environment, PipelineName pipeline, Slice slice) throws SQLException {
        return session.one(
                SELECT + "WHERE environment = ? AND pipeline = ? AND slice = ? AND latest = 1",
                RecordRow::read,
                environment,
                pipeline,
                slice.text());
    }

    Map<Slice, Record> latest(EnvironmentName environment, PipelineName pipeline, Collection<? extends Slice> slices)
            throws SQLException {
        var found = new LinkedHashMap<Slice, Record>();
        var texts = slices.stream().map(Slice::text).toList();
        for (int from = 0; from < texts.size(); from += SLICES_AT_ONCE) {
            var some = texts.subList(from, Math.min(texts.size(), from + SLICES_AT_ONCE));
            latest(environment, pipeline, some, "").forEach(record -> found.put(record.slice(), record));
        }
        return found;
    }

    /** The same, and nobody changes them before the transaction ends. In one statement, so that ids are locked in order. */
    Map<Slice, Record> latestLocked(
            EnvironmentName environment, PipelineName pipeline, Collection<? extends Slice> slices)
            throws SQLException {
        var found = new LinkedHashMap<Slice, Record>();
        var texts = slices.stream().map(Slice::text).toList();
        latest(environment, pipeline, texts, session.dialect().forUpdate())
                .forEach(record -> found.put(record.slice(), record));
        return found;
    }

    private List<Record> latest(EnvironmentName environment, PipelineName pipeline, List<String> slices, String end)
            throws SQLException {
        var values = new ArrayList<@Nullable Object>(List.of(environment, pipeline));
        values.addAll(Session.filled(slices));
        return session.list(
                SELECT + "WHERE environment = ? AND pipeline = ? AND latest = 1 AND slice IN ("
                        + Session.places(slices.size()) + ")" + end,
                RecordRow::read,
                values.toArray());
    }

    /** Keeps everybody else from changing these rows before the transaction ends. Ascending, so that nobody waits in a circle. */
    void lock(Collection<Record> records) throws SQLException {
        String end = session.dialect().forUpdate();
        if (end.isEmpty()) {
            return;
        }
        var ids = records.stream().map(Record::id).distinct().sorted().toList();
        for (int from = 0; from < ids.size(); from += SLICES_AT_ONCE) {
            var some = ids.subList(from, Math.min(ids.size(), from + SLICES_AT_ONCE));
            session.list(
                    "SELECT id FROM pipeline_records WHERE id IN (" + Session.places(some.size()) + ")" + end,
                    Row::number,
                    Session.filled(some).toArray());
        }
    }

    List<Record> labelled(EnvironmentName environment, PipelineName pipeline, String label) throws SQLException {
        return session.list(
                SELECT + "WHERE environment = ? AND pipeline = ? AND label = ? AND latest = 1 ORDER BY id",
                RecordRow::read,
                environment,
                pipeline,
                label);
    }

    List<Record> generations(EnvironmentName environment, PipelineName pipeline, Slice slice) throws SQLException {
        return session.list(
                SELECT + "WHERE environment = ? AND pipeline = ? AND slice = ? ORDER BY generation",
                RecordRow::read,
                environment,
                pipeline,
                slice.text());
    }

    List<Record> ofRun(RunId run, int limit, int offset) throws SQLException {
        return session.list(
                SELECT + "WHERE run_id = ? ORDER BY token LIMIT ? OFFSET ?", RecordRow::read, run, limit, offset);
    }

    List<Record> matching(RecordQuery query) throws SQLException {
        var condition = new Condition(query);
        String order = switch (query.order()) {
            case OLDEST_WINDOW_FIRST -> "window_start_time NULLS FIRST, id";
            case NEWEST_WINDOW_FIRST -> "window_start_time DESC NULLS LAST, id DESC";
            case LAST_UPDATED_FIRST -> "record_last_updated_time DESC, id DESC";
        };
        condition.values.add(query.limit());
        condition.values.add(query.offset());
        // the inner query is answered by an index alone, however far the page
        return session.list(
                SELECT + "WHERE id IN (SELECT id FROM pipeline_records " + condition.text + " ORDER BY " + order
                        + " LIMIT ? OFFSET ?) ORDER BY " + order,
                RecordRow::read,
                condition.values.toArray());
    }

    long count(RecordQuery query) throws SQLException {
        var condition = new Condition(query);
        return session.one(
                        "SELECT count(*) FROM pipeline_records " + condition.text,
                        Row::number,
                        condition.values.toArray())
                .orElse(0L);
    }

    /** The WHERE of a query with its values. */
    private static final class Condition {
        private final String text;
        private final List<@Nullable Object> values = new ArrayList<>();

        Condition(RecordQuery query) {
            var where = new StringBuilder("WHERE latest = 1 AND environment = ?");
            values.add(query.environment());
            if (query.pipeline() != null) {
                where.append(" AND pipeline = ?");
                values.add(query.pipeline());
            }
            if (!query.statuses().isEmpty()) {
                var statuses = query.statuses().stream().sorted().toList();
                where.append(" AND pipeline_status IN (")
                        .append(Session.places(statuses.size()))
                        .append(")");
                values.addAll(Session.filled(statuses));
            }
            if (query.from() != null) {
                where.append(" AND window_end_time > ?");
                values.add(query.from());
            }
            if (query.to() != null) {
                where.append(" AND window_start_time < ?");
                values.add(query.to());
            }
            text = where.toString();
        }
    }

    List<Record> claimable(EnvironmentName environment, PipelineName pipeline, int limit, List<String> deadOwners)
            throws SQLException {
        Instant now = session.now();
        var values = new ArrayList<@Nullable Object>(List.of(environment, pipeline, now, now));
        values.addAll(Session.filled(deadOwners));
        values.add(limit);
        return session.list(
                SELECT + """
                        WHERE environment = ? AND pipeline = ? AND pipeline_status IN ('PENDING', 'IN_PROGRESS')
                          AND ((pipeline_status = 'PENDING' AND (not_before IS NULL OR not_before <= ?))
                            OR (pipeline_status = 'IN_PROGRESS' AND (lease_until <= ? OR owner IN (%s))))
                        ORDER BY window_start_time NULLS FIRST, id
                        LIMIT ?
                        """.formatted(Session.places(deadOwners.size())), RecordRow::read, values.toArray());
    }

    /** Whether the row is in progress under the record's token. */
    boolean held(Record record) throws SQLException {
        return session.one(
                        "SELECT 1 FROM pipeline_records WHERE id = ? AND token = ? AND pipeline_status = 'IN_PROGRESS'",
                        Row::number,
                        record.id(),
                        record.token())
                .isPresent();
    }

    List<Long> held(long claim) throws SQLException {
        return session.list("""
                SELECT id FROM pipeline_records
                WHERE claim = ? AND pipeline_status = 'IN_PROGRESS' AND pipeline_status IN ('PENDING', 'IN_PROGRESS')
                """, Row::number, claim);
    }

    /** The texts of all owners that hold something. */
    List<String> owners(EnvironmentName environment) throws SQLException {
        return session.list("""
                SELECT DISTINCT owner FROM pipeline_records
                WHERE environment = ? AND pipeline_status = 'IN_PROGRESS' AND owner IS NOT NULL
                  AND pipeline_status IN ('PENDING', 'IN_PROGRESS') -- names the index that knows only these
                """, Row::text, environment);
    }

    IntervalSet recorded(EnvironmentName environment, PipelineName pipeline) throws SQLException {
        var spans = session.list("""
                SELECT min(window_start_time), max(window_end_time)
                FROM (
                  SELECT window_start_time, window_end_time, sum(begins) OVER (ORDER BY window_start_time, window_end_time) AS island
                  FROM (
                    SELECT window_start_time, window_end_time,
                      CASE WHEN window_start_time <= max(window_end_time) OVER (
                        ORDER BY window_start_time, window_end_time ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                      THEN 0 ELSE 1 END AS begins
                    FROM pipeline_records
                    WHERE environment = ? AND pipeline = ? AND latest = 1 AND window_start_time IS NOT NULL
                      AND pipeline_status <> 'SUPERSEDED') AS marked) AS numbered
                GROUP BY island
                ORDER BY 1
                """, row -> new Window(row.instant(), row.instant()), environment, pipeline);
        return IntervalSet.of(spans);
    }

    List<WindowRun> windowRuns(EnvironmentName environment, PipelineName pipeline) throws SQLException {
        return session.list(
                """
                SELECT pipeline_status, min(window_start_time), max(window_end_time), count(*)
                FROM (
                  SELECT window_start_time, window_end_time, pipeline_status,
                    sum(begins) OVER (ORDER BY window_start_time, window_end_time) AS island
                  FROM (
                    SELECT window_start_time, window_end_time, pipeline_status,
                      CASE WHEN window_start_time = lag(window_end_time) OVER earlier
                        AND pipeline_status = lag(pipeline_status) OVER earlier
                      THEN 0 ELSE 1 END AS begins
                    FROM pipeline_records
                    WHERE environment = ? AND pipeline = ? AND latest = 1 AND window_start_time IS NOT NULL
                      AND pipeline_status <> 'SUPERSEDED'
                    WINDOW earlier AS (ORDER BY window_start_time, window_end_time)) AS marked) AS numbered
                GROUP BY island, pipeline_status
                ORDER BY 2
                """,
                row -> new WindowRun(
                        row.constant(Status.class), new Window(row.instant(), row.instant()), row.number()),
                environment,
                pipeline);
    }

    List<PipelineCounts> counts(EnvironmentName environment) throws SQLException {
        return session.list(
                """
                SELECT pipeline, pipeline_status, count(*),
                  coalesce(sum(source_count), 0), coalesce(sum(staged_count), 0), coalesce(sum(rejected_count), 0),
                  min(window_start_time), max(window_end_time), max(record_last_updated_time)
                FROM pipeline_records
                WHERE environment = ? AND latest = 1
                GROUP BY pipeline, pipeline_status
                ORDER BY pipeline, pipeline_status
                """,
                row -> new PipelineCounts(
                        row.pipeline(),
                        row.constant(Status.class),
                        row.number(),
                        row.number(),
                        row.number(),
                        row.number(),
                        row.instantOrNull(),
                        row.instantOrNull(),
                        row.instant()),
                environment);
    }

    List<Activity> activity(EnvironmentName environment, Instant since) throws SQLException {
        return session.list(
                """
                SELECT pipeline,
                  count(CASE WHEN pipeline_status = 'COMPLETED' THEN 1 END), count(CASE WHEN pipeline_status = 'SKIPPED' THEN 1 END),
                  count(CASE WHEN pipeline_status = 'FAILED' THEN 1 END), count(CASE WHEN pipeline_status = 'CANCELLED' THEN 1 END),
                  coalesce(sum(retry_attempt), 0),
                  coalesce(sum(CASE WHEN pipeline_status = 'COMPLETED' THEN source_count END), 0),
                  coalesce(sum(CASE WHEN pipeline_status = 'COMPLETED' THEN staged_count END), 0),
                  coalesce(sum(CASE WHEN pipeline_status = 'COMPLETED' THEN rejected_count END), 0),
                  max(CASE WHEN pipeline_status = 'COMPLETED' AND generation = 1 THEN pipeline_end_time - window_end_time END)
                FROM pipeline_records
                WHERE environment = ? AND latest = 1 AND record_last_updated_time >= ?
                GROUP BY pipeline ORDER BY pipeline
                """,
                row -> new Activity(
                        row.pipeline(),
                        row.number(),
                        row.number(),
                        row.number(),
                        row.number(),
                        row.number(),
                        row.number(),
                        row.number(),
                        row.number(),
                        row.numberOrNull()),
                environment,
                since);
    }

    List<Record> lastUpdated(EnvironmentName environment) throws SQLException {
        return session.list(SELECT + """
                        WHERE id IN (
                          SELECT (SELECT id FROM pipeline_records AS newest
                                  WHERE newest.environment = ? AND newest.pipeline = pipelines.pipeline
                                    AND newest.latest = 1
                                  ORDER BY record_last_updated_time DESC, id DESC
                                  LIMIT 1)
                          FROM (SELECT DISTINCT pipeline FROM pipeline_records WHERE environment = ? AND latest = 1) AS pipelines)
                        ORDER BY pipeline
                        """, RecordRow::read, environment, environment);
    }
}
