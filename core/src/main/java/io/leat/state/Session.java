package io.leat.state;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection with its prepared statements, for one thread at a time. Values are bound by type: instants as milliseconds,
 * enum constants and identifiers as their text.
 */
final class Session implements AutoCloseable {
    private static final int STATEMENTS = 200;
    private static final int ROWS_AT_ONCE = 1000;

    private final Connection connection;
    private final Dialect dialect;
    private final Deadline deadline;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(64, 0.75f, true);

    Session(Connection connection, Dialect dialect, Deadline deadline) {
        this.connection = connection;
        this.dialect = dialect;
        this.deadline = deadline;
    }

    Dialect dialect() {
        return dialect;
    }

    /** The store's clock. */
    Instant now() throws SQLException {
        return one("SELECT " + dialect.clock(), Row::instant).orElseThrow();
    }

    /** Runs a statement that is not worth preparing. */
    void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs a statement and says how many rows it changed. */
    int change(String sql, @Nullable Object... values) throws SQLException {
        return bound(sql, values).executeUpdate();
    }

    <T> List<T> list(String sql, Row.Reader<T> reader, @Nullable Object... values) throws SQLException {
        try (ResultSet result = bound(sql, values).executeQuery()) {
            var rows = new ArrayList<T>();
            var row = new Row(result);
            while (result.next()) {
                row.rewind();
                rows.add(reader.read(row));
            }
            return rows;
        }
    }

    /** The only row, or the first. */
    <T> Optional<T> one(String sql, Row.Reader<T> reader, @Nullable Object... values) throws SQLException {
        return list(sql, reader, values).stream().findFirst();
    }

    /** Hands each row over as it comes, for results that are too large to be held. */
    void each(String sql, Row.Consumer consumer) throws SQLException {
        deadline.check();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet result = statement.executeQuery()) {
                var row = new Row(result);
                while (result.next()) {
                    row.rewind();
                    consumer.take(row);
                }
            }
        }
    }

    /** The columns of a table. */
    List<String> columns(String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM " + table + " WHERE 1 = 0");
                ResultSet none = statement.executeQuery()) {
            var columns = new ArrayList<String>();
            for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
                columns.add(none.getMetaData().getColumnName(i));
            }
            return columns;
        }
    }

    /** Runs a statement once for each list of values. */
    void changeAll(String sql, List<List<@Nullable Object>> rows) throws SQLException {
        deadline.check();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (var row : rows) {
                bind(statement, row.toArray());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /**
     * Question marks for a list in parentheses, so many that few different statements come of lists of any length. Fill the
     * places with {@link #filled}.
     */
    static String places(int size) {
        return String.join(", ", Collections.nCopies(padded(size), "?"));
    }

    /** The values for {@link #places}: the first one repeated at the end as often as needed, null for none. */
    static List<@Nullable Object> filled(List<? extends Object> values) {
        var filled = new ArrayList<@Nullable Object>(values);
        while (filled.size() < padded(values.size())) {
            filled.add(values.isEmpty() ? null : values.getFirst());
        }
        return filled;
    }

    private static int padded(int size) {
        return size <= 1 ? 1 : Integer.highestOneBit(size - 1) * 2;
    }

    private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
        deadline.check();
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
            forgetOldest();
        }
        bind(statement, values);
        return statement;
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, stored(values[i]));
        }
    }

    private void forgetOldest() throws SQLException {
        if (statements.size() > STATEMENTS) {
            var oldest = statements.entrySet().iterator();
            oldest.next().getValue().close();
            oldest.remove();
        }
    }

    private static @Nullable Object stored(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Number number -> number;
            case Instant instant -> instant.toEpochMilli();
            case Enum<?> constant when constant instanceof io.leat.name.ErrorCode code -> code.code();
            case Enum<?> constant -> constant.name();
            case Boolean flag -> flag ? 1 : 0;
            // PostgreSQL keeps no NUL in a text
            default -> value.toString().replace('\0', '\uFFFD');
        };
    }

    @Override
    public void close() throws SQLException {
        statements.clear();
        connection.close();
    }
}
