package io.leat.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;

/** Counts files by DuckDB alone, apart from any code of Leat's. */
final class Counted implements AutoCloseable {
    private final Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");

    Counted() throws SQLException {
        execute("SET TimeZone = 'UTC'");
    }

    void execute(String sql) throws SQLException {
        try (var statement = duckDb.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The only row of a query, as text. */
    String row(String sql) throws SQLException {
        try (var statement = duckDb.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            var values = new ArrayList<String>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                values.add(rows.getString(i));
            }
            return String.join(" ", values);
        }
    }

    /** Copies a query of window starts (in ms) and numbers from a SQLite database into a table of {@code w} and {@code n}. */
    void copy(Path database, String table, String query) throws SQLException {
        execute("CREATE TABLE " + table + " (w BIGINT, n BIGINT)");
        try (var sqlite = DriverManager.getConnection("jdbc:sqlite:" + database);
                var statement = sqlite.createStatement();
                var rows = statement.executeQuery(query);
                var insert = duckDb.prepareStatement("INSERT INTO " + table + " VALUES (?, ?)")) {
            while (rows.next()) {
                insert.setLong(1, rows.getLong(1));
                insert.setLong(2, rows.getLong(2));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Override
    public void close() throws SQLException {
        duckDb.close();
    }
}
