package io.leat.state;

import java.sql.SQLException;

/**
 * PostgreSQL's. Every transaction that writes reads {@code store} before anything else, and so holds a lock on that table until it
 * ends: whoever locks the whole table waits for all of them.
 */
final class PostgresKeeping implements Keeping {

    @Override
    public String kind(Session session) throws SQLException {
        return "PostgreSQL " + session.one("SHOW server_version", Row::text).orElseThrow();
    }

    @Override
    public long bytes(Session session) throws SQLException {
        return session.one("""
                        SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_catalog.pg_class
                        WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
                        """, Row::number).orElseThrow();
    }

    @Override
    public void excludeWriters(Session session) throws SQLException {
        session.run("LOCK TABLE store IN ACCESS EXCLUSIVE MODE");
    }

    @Override
    public long lastToken(Session session) throws SQLException {
        return session.one("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM tokens", Row::number)
                .orElseThrow();
    }

    @Override
    public void drawAfter(Session session, long token) throws SQLException {
        if (token > 0) {
            session.list("SELECT setval('tokens', ?)", Row::number, token);
        }
    }

    @Override
    public void numberAfter(Session session, StoredTable table) throws SQLException {
        session.list(
                "SELECT setval(pg_get_serial_sequence(?, 'id'), greatest(max(id), 1), max(id) IS NOT NULL) FROM "
                        + table.table(),
                Row::number,
                table.table());
    }
}
