package io.leat.target.postgres;

import io.leat.state.PostgresDoor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * A connection to the target's database with its limits in time; what is not committed when it is closed is rolled back. Values are bound,
 * lists of texts and numbers as arrays.
 */
final class DatabaseSession implements AutoCloseable {
    private final Connection connection;
    private final Patience patience;

    private DatabaseSession(Connection connection, Patience patience) {
        this.connection = connection;
        this.patience = patience;
    }

    /** Reads one row of a result. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** @param name by which others know the session, to end it */
    static DatabaseSession open(PostgresDoor door, String name, Patience patience) throws SQLException {
        Connection connection = door.open(name);
        try {
            var session = new DatabaseSession(connection, patience);
            session.run(settings(patience));
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            return session;
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    /** The server gives up before the client does, and notices by itself when the client's machine is gone. */
    private static String settings(Patience patience) {
        return """
                SET statement_timeout TO %d;
                SET lock_timeout TO %d;
                SET idle_in_transaction_session_timeout TO %d;
                SET tcp_keepalives_idle TO 30;
                SET tcp_keepalives_interval TO 10;
                SET tcp_keepalives_count TO 3;
                SET row_security TO off;
                SELECT set_config('synchronous_commit', 'on', false)
                WHERE current_setting('synchronous_commit') IN ('off', 'local')
                """.formatted(
                        patience.brief().toMillis(),
                        patience.lock().toMillis(),
                        patience.brief().multipliedBy(2).toMillis());
    }

    /** From here on to the end of the transaction statements are as long as the rows are many. */
    void lasting() throws SQLException {
        run("SET LOCAL statement_timeout TO " + patience.lasting().toMillis());
        answerWithin(patience.lasting().plus(patience.brief()));
    }

    /** From here on to the end of the transaction no lock is waited for longer. */
    void waitForLocks(Duration time) throws SQLException {
        run("SET LOCAL lock_timeout TO " + time.toMillis());
    }

    private void answerWithin(Duration time) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(time.toMillis()));
    }

    /** Runs statements without values. */
    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs a statement and says how many rows it changed. */
    long change(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = bound(sql, values)) {
            return statement.executeLargeUpdate();
        }
    }

    /** Runs a statement once for each row of values. */
    void changeAll(String sql, List<List<@Nullable Object>> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (List<@Nullable Object> values : rows) {
                bind(statement, values);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    <T> List<T> list(String sql, Reader<T> reader, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = bound(sql, values);
                ResultSet result = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(reader.read(result));
            }
            return rows;
        }
    }

    /** The only row, or the first. */
    <T> Optional<T> one(String sql, Reader<T> reader, @Nullable Object... values) throws SQLException {
        return list(sql, reader, values).stream().findFirst();
    }

    /** Begins a COPY: the server answers as soon as it has the lock of the table. Its end may take as long as the rows are many. */
    CopyIn copy(String sql) throws SQLException {
        answerWithin(patience.lock().plus(patience.brief()));
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        answerWithin(patience.lasting().plus(patience.brief()));
        return copy;
    }

    /** Gives a COPY up that did not come to its end. The failure that led here counts; the transaction is rolled back in any case. */
    void cancel(CopyIn copy) {
        try {
            if (copy.isActive()) {
                answerWithin(patience.brief());
                copy.cancelCopy();
            }
        } catch (SQLException alreadyFailed) {
            return;
        }
    }

    /** For the time of a COPY. */
    StallWatch watch() {
        return new StallWatch(connection, patience.silence());
    }

    /** Ends the transaction. */
    void commit() throws SQLException {
        answerWithin(patience.brief().plus(patience.brief().dividedBy(6)));
        connection.commit();
    }

    /** Ends the transaction without its effects. */
    void rollBack() throws SQLException {
        connection.rollback();
    }

    private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            bind(statement, Arrays.asList(values));
            return statement;
        } catch (SQLException | RuntimeException failure) {
            statement.close();
            throw failure;
        }
    }

    private void bind(PreparedStatement statement, List<@Nullable Object> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            switch (values.get(i)) {
                case null -> statement.setObject(i + 1, null);
                case Collection<?> list -> statement.setArray(i + 1, array(list));
                case Number number -> statement.setObject(i + 1, number);
                case Boolean flag -> statement.setBoolean(i + 1, flag);
                case Object other -> statement.setString(i + 1, other.toString());
            }
        }
    }

    private java.sql.Array array(Collection<?> values) throws SQLException {
        boolean numbers = !values.isEmpty() && values.iterator().next() instanceof Number;
        return numbers
                ? connection.createArrayOf("bigint", values.toArray())
                : connection.createArrayOf(
                        "text", values.stream().map(String::valueOf).toArray());
    }

    /** What breaks here breaks nothing: everything is committed or given up by now. */
    @Override
    public void close() {
        try (connection) {
            if (!connection.isClosed()) {
                connection.rollback();
            }
        } catch (SQLException gone) {
            return;
        }
    }
}
