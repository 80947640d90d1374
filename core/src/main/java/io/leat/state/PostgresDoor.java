package io.leat.state;

import io.leat.connection.PostgresConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Opens connections to a PostgreSQL database for those who keep other things there than state, in the way that the store opens its own. */
public final class PostgresDoor {
    private final PostgresAccess access;

    /** @param patience how long the server may be silent before the client gives up; see {@link Connection#setNetworkTimeout} */
    public PostgresDoor(PostgresConnection connection, Duration patience) {
        this.access = new PostgresAccess(connection, patience);
    }

    /**
     * A new connection in the server's default settings.
     *
     * @param application what {@code pg_stat_activity} shows; at most 63 bytes
     */
    public Connection open(String application) throws SQLException {
        var source = access.source();
        source.setApplicationName(application);
        return source.getConnection();
    }

    /** Whether a COMMIT that ended so has certainly not taken place. */
    public static boolean notCommitted(SQLException failure) {
        return PostgresFaults.notCommitted(failure);
    }

    /** Whether the connection is gone. */
    public static boolean connectionLost(SQLException failure) {
        return PostgresFaults.connectionLost(failure);
    }
}
