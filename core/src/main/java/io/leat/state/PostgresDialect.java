package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.PipelineName;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The statements of PostgreSQL.
 *
 * @implNote Tokens come from a sequence: a counter in a row would make all claims wait for one another until they commit. A
 *     claim draws after it has locked the slices, so the later claim of a slice always has the greater token.
 */
final class PostgresDialect implements Dialect {
    private final String schema;
    private final String clock;

    /** @param clockOffset what tests add to the clock */
    PostgresDialect(String schema, Duration clockOffset) {
        this.schema = schema;
        this.clock = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT) + " + clockOffset.toMillis();
    }

    @Override
    public String clock() {
        return clock;
    }

    @Override
    public String forUpdate() {
        return " ORDER BY id FOR UPDATE";
    }

    @Override
    public String skipLocked() {
        return " FOR UPDATE SKIP LOCKED";
    }

    @Override
    public void lockPipeline(Session session, EnvironmentName environment, PipelineName pipeline) throws SQLException {
        // locks of this kind belong to the database, which may hold several schemas
        session.list(
                "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))",
                Row::text,
                String.join("/", "leat", schema, environment.value(), pipeline.value()));
    }

    @Override
    public long[] drawTokens(Session session, int count) throws SQLException {
        return session.list("SELECT nextval('tokens') FROM generate_series(1, ?)", Row::number, count).stream()
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
    }
}
