package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.PipelineName;
import io.leat.time.Granularity;
import io.leat.time.Segment;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** {@code pipeline_grids}: from when on a pipeline has windows of which kind. */
final class GridTable {
    private final Session session;

    GridTable(Session session) {
        this.session = session;
    }

    /** Keeps everybody else from settling the grids of the pipeline until the transaction ends. */
    void lock(EnvironmentName environment, PipelineName pipeline) throws SQLException {
        session.dialect().lockPipeline(session, environment, pipeline);
    }

    List<SettledGrid> all(EnvironmentName environment, PipelineName pipeline) throws SQLException {
        return session.list(
                """
                SELECT starts, every, zone, tzdb, created_at FROM pipeline_grids
                WHERE environment = ? AND pipeline = ? ORDER BY starts
                """,
                row -> new SettledGrid(
                        new Segment(row.instant(), Granularity.parse(row.text()), ZoneId.of(row.text())),
                        row.text(),
                        row.instant()),
                environment,
                pipeline);
    }

    /** Puts these in place of all others; false and no change if somebody else has been faster. */
    boolean replace(
            EnvironmentName environment,
            PipelineName pipeline,
            List<SettledGrid> expected,
            List<SettledGrid> wanted,
            Instant now)
            throws SQLException {
        lock(environment, pipeline);
        if (!all(environment, pipeline).equals(expected)) {
            return false;
        }
        session.change("DELETE FROM pipeline_grids WHERE environment = ? AND pipeline = ?", environment, pipeline);
        for (var grid : wanted) {
            session.change(
                    """
                    INSERT INTO pipeline_grids (environment, pipeline, starts, every, zone, tzdb, created_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                    environment,
                    pipeline,
                    grid.segment().from(),
                    grid.segment().every().text(),
                    grid.segment().zone().getId(),
                    grid.tzdb(),
                    grid.settled() == null ? now : grid.settled());
        }
        return true;
    }
}
