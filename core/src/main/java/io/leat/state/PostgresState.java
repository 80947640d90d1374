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
        String place = connection.place();
        var access = new PostgresAccess(connection, patience);
        var dialect = new PostgresDialect(connection.schema(), clockOffset);
        try {
            new PostgresMigrations(connection.schema(), place, access, dialect).bringUpToDate();
            return opened(new PostgresDatabase(place, access, dialect));
        } catch (PipelineException failure) {
            throw failure.context().containsKey("store") ? failure : failure.with("store", place);
        }
    }

    private static StateStore opened(Database database) {
        try {
            return new SqlStateStore(database);
        } catch (Throwable failure) {
            database.close();
            throw failure;
        }
    }
}
