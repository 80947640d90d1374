package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.PipelineName;
import io.leat.state.Backfill.Kind;
import io.leat.state.Backfill.Range;
import io.leat.state.Backfill.Reprocess;
import io.leat.state.Backfill.Stage;
import io.leat.time.IntervalSet;
import io.leat.time.Window;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@code backfills} and {@code backfill_ranges}. */
final class BackfillTable {
    private static final String SELECT = """
            SELECT backfill_id, environment, kind, reprocess, status, newest_first, max_active, who, created_at, ended_at
            FROM backfills
            """;

    private final Session session;

    BackfillTable(Session session) {
        this.session = session;
    }

    void add(Backfill backfill, Instant now) throws SQLException {
        session.change(
                """
                INSERT INTO backfills (
                  backfill_id, environment, kind, reprocess, status, newest_first, max_active, who, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                backfill.id(),
                backfill.environment(),
                backfill.kind(),
                backfill.reprocess(),
                backfill.stage(),
                backfill.newestFirst(),
                backfill.maxActive().isPresent() ? backfill.maxActive().getAsInt() : null,
                backfill.who(),
                now);
        int position = 0;
        for (Range range : backfill.ranges()) {
            session.change(
                    """
                    INSERT INTO backfill_ranges (backfill_id, position, pipeline, range_start, range_end, slices)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                    backfill.id(),
                    position++,
                    range.pipeline(),
                    range.bounds() == null ? null : range.bounds().start(),
                    range.bounds() == null ? null : range.bounds().end(),
                    range.slices());
        }
    }

    /** Changes where it stands, unless it has ended. */
    boolean change(String id, Stage stage, Instant now) throws SQLException {
        boolean ends = stage == Stage.CANCELLED || stage == Stage.DONE;
        return session.change("""
                        UPDATE backfills SET status = ?, ended_at = ?
                        WHERE backfill_id = ? AND status IN ('RUNNING', 'PAUSED')
                        """, stage, ends ? now : null, id) == 1;
    }

    Optional<Backfill> byId(String id) throws SQLException {
        return filled(session.list(SELECT + "WHERE backfill_id = ?", BackfillTable::read, id)).stream()
                .findFirst();
    }

    List<Backfill> newest(EnvironmentName environment, int limit) throws SQLException {
        return filled(session.list(
                SELECT + "WHERE environment = ? ORDER BY created_at DESC, backfill_id DESC LIMIT ?",
                BackfillTable::read,
                environment,
                limit));
    }

    List<Backfill> running(EnvironmentName environment) throws SQLException {
        return filled(session.list(
                SELECT + "WHERE environment = ? AND status = 'RUNNING' ORDER BY created_at, backfill_id",
                BackfillTable::read,
                environment));
    }

    private static Backfill read(Row row) throws SQLException {
        return new Backfill(
                row.text(),
                row.environment(),
                row.constant(Kind.class),
                row.constant(Reprocess.class),
                row.constant(Stage.class),
                row.integer() == 1,
                optional(row.integerOrNull()),
                row.text(),
                row.instant(),
                row.instantOrNull(),
                List.of());
    }

    private static OptionalInt optional(@Nullable Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private List<Backfill> filled(List<Backfill> bare) throws SQLException {
        List<Backfill> filled = new ArrayList<>();
        for (Backfill one : bare) {
            filled.add(new Backfill(
                    one.id(),
                    one.environment(),
                    one.kind(),
                    one.reprocess(),
                    one.stage(),
                    one.newestFirst(),
                    one.maxActive(),
                    one.who(),
                    one.created(),
                    one.ended(),
                    ranges(one.id())));
        }
        return filled;
    }

    private List<Range> ranges(String id) throws SQLException {
        return session.list(
                """
                SELECT pipeline, range_start, range_end, slices FROM backfill_ranges
                WHERE backfill_id = ? ORDER BY position
                """,
                row -> new Range(row.pipeline(), bounds(row.instantOrNull(), row.instantOrNull()), row.number()),
                id);
    }

    private static @Nullable Window bounds(@Nullable Instant start, @Nullable Instant end) {
        return start == null || end == null ? null : new Window(start, end);
    }

    List<BackfillProgress> progress(String id) throws SQLException {
        return session.list(
                """
                SELECT pipeline, pipeline_status, count(*) FROM pipeline_records
                WHERE backfill = ? AND latest = 1 GROUP BY pipeline, pipeline_status ORDER BY pipeline, pipeline_status
                """, row -> new BackfillProgress(row.pipeline(), row.constant(Status.class), row.number()), id);
    }

    /** Runs of windows that the backfill has ended itself, or that it leaves alone. */
    IntervalSet settled(Backfill backfill, PipelineName pipeline) throws SQLException {
        String leftAlone = switch (backfill.reprocess()) {
            case MISSING -> "pipeline_status NOT IN ('PENDING', 'IN_PROGRESS')";
            case FAILED -> "pipeline_status IN ('COMPLETED', 'SKIPPED')";
            case COMPLETED -> "pipeline_status IN ('COMPLETED', 'SKIPPED') AND record_first_created_time >= ?";
        };
        List<@Nullable Object> values = new ArrayList<>(List.of(backfill.environment(), pipeline, backfill.id()));
        values.add(backfill.id());
        if (backfill.reprocess() == Reprocess.COMPLETED) {
            values.add(backfill.created());
        }
        return IntervalSet.of(session.list(
                """
                SELECT min(window_start_time), max(window_end_time)
                FROM (
                  SELECT window_start_time, window_end_time, sum(begins) OVER (ORDER BY window_start_time, window_end_time) AS island
                  FROM (
                    SELECT window_start_time, window_end_time,
                      CASE WHEN window_start_time = lag(window_end_time) OVER (ORDER BY window_start_time, window_end_time)
                      THEN 0 ELSE 1 END AS begins
                    FROM pipeline_records
                    WHERE environment = ? AND pipeline = ? AND latest = 1 AND window_start_time IS NOT NULL
                      AND ((backfill = ? AND pipeline_status IN ('COMPLETED', 'SKIPPED', 'FAILED', 'CANCELLED'))
                        OR (coalesce(backfill, '') <> ? AND %s))) AS marked) AS numbered
                GROUP BY island
                """.formatted(leftAlone), row -> new Window(row.instant(), row.instant()), values.toArray()));
    }
}
