package io.leat.state;

import java.sql.SQLException;

/** What differs between the databases for whoever looks after a store. */
interface Keeping {

    /** The database with its version, for people. */
    String kind(Session session) throws SQLException;

    /** What the store takes on disk. */
    long bytes(Session session) throws SQLException;

    /** Waits for the transactions that write, and keeps others from beginning before this one ends. */
    void excludeWriters(Session session) throws SQLException;

    /** The greatest token that may have been drawn. */
    long lastToken(Session session) throws SQLException;

    /** Lets the next token be greater than this one. */
    void drawAfter(Session session, long token) throws SQLException;

    /** Lets the next row have a greater id than all that are there. */
    void numberAfter(Session session, StoredTable table) throws SQLException;
}
