package io.leat.state;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;

/** Brings the tables of a schema to the program's version, one process at a time. */
final class PostgresMigrations {
    /** A migration may rewrite a large table; that the server says nothing for so long is the only sign of trouble. */
    private static final Duration LONGEST_MIGRATION = Duration.ofHours(1);

    private final String schema;
    private final String place;
    private final PostgresAccess access;
    private final Dialect dialect;

    PostgresMigrations(String schema, String place, PostgresAccess access, Dialect dialect) {
        this.schema = schema;
        this.place = place;
        this.access = access;
        this.dialect = dialect;
    }

    /**
     * Makes the schema, or brings it to the program's version; does nothing if that is not needed. The first look is a plain
     * connection, so that what keeps us from connecting is told at once.
     *
     * @return the version before; 0 if there was nothing
     */
    int bringUpToDate() {
        try (Connection connection = access.source().getConnection()) {
            int found = found(connection);
            if (found < StoreVersion.VERSION) {
                migrate(connection);
            }
            return found;
        } catch (SQLException failure) {
            throw new PostgresFaults(place).explain(failure);
        }
    }

    private int found(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(access.settings());
        }
        var session = new Session(connection, dialect, Deadline.NONE);
        return StoreVersion.found(
                session,
                session.list("SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = ?", Row::text, schema));
    }

    /** Holds a lock of the database meanwhile; the server frees it when the connection ends, however that comes about. */
    private void migrate(Connection guard) throws SQLException {
        var session = new Session(guard, dialect, Deadline.NONE);
        waitForTurn(session);
        if (found(guard) == StoreVersion.VERSION) {
            return;
        }
        if (session.list("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ?", Row::number, schema)
                .isEmpty()) {
            session.run("CREATE SCHEMA " + Sql.identifier(schema));
        }
        try {
            Flyway.configure(PostgresMigrations.class.getClassLoader())
                    .dataSource(source())
                    .locations("classpath:io/leat/state/migration/postgresql")
                    .table(StoreVersion.HISTORY)
                    .schemas(schema)
                    .defaultSchema(schema)
                    .createSchemas(false)
                    .initSql(access.lockTimeout())
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException found) {
                    throw found;
                }
            }
            throw new PipelineException(
                    ErrorCode.INTERNAL,
                    "the state store could not be migrated: " + failure.getMessage(),
                    Map.of("store", place),
                    failure);
        }
    }

    private void waitForTurn(Session session) throws SQLException {
        try {
            session.list(
                    "SELECT pg_advisory_lock(hashtextextended(?, 0))", Row::text, "leat/" + schema + "/migrations");
        } catch (SQLException failure) {
            if (!"55P03".equals(failure.getSQLState())) {
                throw failure;
            }
            throw new PipelineException(
                            ErrorCode.STATE_BUSY,
                            "another process has been migrating the state store for too long",
                            Map.of("store", place),
                            failure)
                    .withHint("Try again when it has ended.");
        }
    }

    private PGSimpleDataSource source() {
        var source = access.source();
        source.setSocketTimeout((int) LONGEST_MIGRATION.toSeconds());
        return source;
    }
}
