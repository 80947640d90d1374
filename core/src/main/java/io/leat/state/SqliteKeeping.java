package io.leat.state;

import java.sql.SQLException;

/** SQLite's: a transaction that writes is alone anyway, and rows number themselves after the greatest that is there. */
final class SqliteKeeping implements Keeping {

    @Override
    public String kind(Session session) throws SQLException {
        return "SQLite " + session.one("SELECT sqlite_version()", Row::text).orElseThrow();
    }

    @Override
    public long bytes(Session session) throws SQLException {
        return session.one("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", Row::number)
                .orElseThrow();
    }

    @Override
    public void excludeWriters(Session session) {}

    @Override
    public long lastToken(Session session) throws SQLException {
        return session.one("SELECT value FROM tokens WHERE id = 1", Row::number).orElseThrow();
    }

    @Override
    public void drawAfter(Session session, long token) throws SQLException {
        session.change("UPDATE tokens SET value = ? WHERE id = 1", token);
    }

    @Override
    public void numberAfter(Session session, StoredTable table) {}
}
