package io.leat.state;

import io.leat.connection.PostgresConnection;
import io.leat.name.PipelineException;
import java.time.Duration;

/** Opens a state store in a schema of a PostgreSQL database. */
public final class PostgresState {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private PostgresState() {}

    /**
     * Opens the store, creates it with its schema, or brings it to the program's version. Of several processes that do so at
     * once one does the work and the others wait.
     *
     * @throws PipelineException E202 if a newer program has written it, E203 if the schema holds other tables, E207 if the server
     *     or database cannot be reached, E403 if the user is refused, E201 if it stays locked
     */
    public static StateStore open(PostgresConnection connection) {
        return open(connection, Duration.ZERO);
    }

    /** @param clockOffset added to the store's clock, so that tests need not wait for leases */
    public static StateStore open(PostgresConnection connection, Duration clockOffset) {
        return open(connection, clockOffset, PATIENCE);
    }

    /** @param patience how long a statement may take, and how long to wait for a connection; a lock gets two thirds of it */
    static StateStore open(PostgresConnection connection, Duration clockOffset, Duration patience) {
        return open(connection, clockOffset, patience, (database, _) -> new SqlStateStore(database));
    }

    /**
     * Opens the store for whoever looks after it; also one that has moved.
     *
     * @throws PipelineException as {@link #open(PostgresConnection)}
     */
    public static StateKeeper keeper(PostgresConnection connection, Duration clockOffset) {
        return open(
                connection,
                clockOffset,
                PATIENCE,
                (database, versionBefore) ->
                        new StateKeeper(database, new PostgresKeeping(), connection.place(), versionBefore));
    }

    /** What is made of a database whose tables are up to date. */
    @FunctionalInterface
    private interface Use<T> {
        T of(Database database, int versionBefore);
    }

    private static <T> T open(PostgresConnection connection, Duration clockOffset, Duration patience, Use<T> use) {
        String place = connection.place();
        var access = new PostgresAccess(connection, patience);
        var dialect = new PostgresDialect(connection.schema(), clockOffset);
        try {
            int versionBefore = new PostgresMigrations(connection.schema(), place, access, dialect).bringUpToDate();
            var database = new PostgresDatabase(place, access, dialect);
            try {
                return use.of(database, versionBefore);
            } catch (Throwable failure) {
                database.close();
                throw failure;
            }
        } catch (PipelineException failure) {
            throw failure.context().containsKey("store") ? failure : failure.with("store", place);
        }
    }
}
