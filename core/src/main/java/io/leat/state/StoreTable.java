package io.leat.state;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code store}: which store this is, and whether it has moved elsewhere. */
final class StoreTable {
    private final Session session;

    StoreTable(Session session) {
        this.session = session;
    }

    /**
     * What the one row says.
     *
     * @param movedAt since when the store is elsewhere; null: it is here
     * @param movedTo the file that it moved into
     */
    record Identity(
            String id,
            Instant created,
            @Nullable Instant movedAt,
            @Nullable String movedTo) {

        /** @throws PipelineException E208 if the store is elsewhere */
        void requireHere() {
            if (movedAt != null) {
                throw new PipelineException(
                                ErrorCode.STATE_MOVED,
                                "this state store has moved: it was exported at " + movedAt,
                                Map.of("exported_to", String.valueOf(movedTo)),
                                null)
                        .withHint(
                                "Let `state:` name the store into which the file was imported, or import it into a new one"
                                        + " with `leat state import`.");
            }
        }
    }

    Identity identity() throws SQLException {
        return session.one(
                        "SELECT store_id, created_at, moved_at, moved_to FROM store",
                        row -> new Identity(row.text(), row.instant(), row.instantOrNull(), row.textOrNull()))
                .orElseThrow(() -> new SQLException("the store has lost its identity"));
    }

    /** The store is elsewhere from now on; one that has moved before keeps its time. */
    void move(String file, Instant now) throws SQLException {
        session.change("UPDATE store SET moved_at = coalesce(moved_at, ?), moved_to = ?", now, file);
    }

    /** It is here after all. */
    void stay() throws SQLException {
        session.change("UPDATE store SET moved_at = NULL, moved_to = NULL");
    }

    void become(String id, Instant created) throws SQLException {
        session.change("UPDATE store SET store_id = ?, created_at = ?", id, created);
    }
}
