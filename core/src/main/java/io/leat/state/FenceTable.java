package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.PipelineName;
import io.leat.time.Slice;
import java.sql.SQLException;
import java.time.Instant;
import java.util.OptionalLong;

/** {@code leat_fences}: which token may publish a slice. */
final class FenceTable {
    private final Session session;
    private final String storeId;

    FenceTable(Session session, String storeId) {
        this.session = session;
        this.storeId = storeId;
    }

    /** A fence never falls: a smaller token leaves it as it is. */
    void raise(Record record, long token, Instant now) throws SQLException {
        session.change(
                """
                INSERT INTO leat_fences (environment, pipeline, slice, store_id, token, raised_at)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (environment, pipeline, slice) DO UPDATE
                SET token = excluded.token, raised_at = excluded.raised_at
                WHERE leat_fences.store_id = excluded.store_id AND leat_fences.token < excluded.token
                """, record.environment(), record.pipeline(), record.slice().text(), storeId, token, now);
    }

    /** Whether the slice's fence is exactly the record's token; if so nobody can raise it before this transaction ends. */
    boolean holds(Record record) throws SQLException {
        return session.change(
                        """
                        UPDATE leat_fences SET raised_at = raised_at
                        WHERE environment = ? AND pipeline = ? AND slice = ? AND store_id = ? AND token = ?
                        """,
                        record.environment(),
                        record.pipeline(),
                        record.slice().text(),
                        storeId,
                        record.token())
                == 1;
    }

    OptionalLong token(EnvironmentName environment, PipelineName pipeline, Slice slice) throws SQLException {
        var token = session.one(
                "SELECT token FROM leat_fences WHERE environment = ? AND pipeline = ? AND slice = ?",
                Row::number,
                environment,
                pipeline,
                slice.text());
        return token.isPresent() ? OptionalLong.of(token.get()) : OptionalLong.empty();
    }
}
