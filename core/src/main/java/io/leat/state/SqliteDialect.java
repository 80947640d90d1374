package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.PipelineName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.LongStream;

/** The statements of SQLite. */
final class SqliteDialect implements Dialect {
    private final String clock;

    /** @param clockOffset what tests add to the clock */
    SqliteDialect(Duration clockOffset) {
        this.clock = "CAST(round(unixepoch('subsec') * 1000) AS INTEGER) + " + clockOffset.toMillis();
    }

    @Override
    public String clock() {
        return clock;
    }

    @Override
    public String forUpdate() {
        return "";
    }

    @Override
    public String skipLocked() {
        return "";
    }

    @Override
    public void lockPipeline(Session session, EnvironmentName environment, PipelineName pipeline) {}

    @Override
    public long[] drawTokens(Session session, int count) throws SQLException {
        long last = session.one("UPDATE tokens SET value = value + ? WHERE id = 1 RETURNING value", Row::number, count)
                .orElseThrow(() -> new SQLException("the counter of tokens is gone"));
        return LongStream.rangeClosed(last - count + 1, last).toArray();
    }
}
