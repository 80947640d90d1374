package io.leat.state;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.leat.config.Secret;
import io.leat.connection.PostgresConnection;
import io.leat.connection.Tls;
import io.leat.name.Sql;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ssl.DefaultJavaSSLFactory;

/**
 * How sessions of a PostgreSQL store are opened. Everything in them ends by itself: the server ends statements, waits for locks
 * and transactions in which nothing happens; a little later the client gives up whatever the server does not answer. So a
 * transaction whose COMMIT got no answer has ended by the time its client asks what became of it.
 */
final class PostgresAccess {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
    /** What the pool allows, and what a server may take to say that it is there. */
    private static final long SHORTEST_VALIDATION = 250;

    private static final long LONGEST_VALIDATION = 5_000;
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final PostgresConnection connection;
    private final Duration patience;

    /** @param patience how long a statement may take */
    PostgresAccess(PostgresConnection connection, Duration patience) {
        this.connection = connection;
        this.patience = patience;
    }

    Duration patience() {
        return patience;
    }

    /** Connections one by one, without settings of their own: see {@link #settings}. */
    PGSimpleDataSource source() {
        var source = new PGSimpleDataSource();
        String host = connection.host();
        source.setServerNames(new String[] {host.contains(":") ? "[" + host + "]" : host});
        source.setPortNumbers(new int[] {connection.port()});
        source.setDatabaseName(connection.database());
        source.setUser(connection.user());
        connection.password().map(Secret::reveal).ifPresent(source::setPassword);
        source.setSslMode(connection.tls().word());
        if (connection.tls() == Tls.VERIFY_FULL) {
            source.setSslfactory(DefaultJavaSSLFactory.class.getName());
        }
        source.setGssEncMode("disable");
        source.setApplicationName("leat");
        source.setConnectTimeout(seconds(shorter(patience, LONGEST_CONNECT)));
        source.setLoginTimeout(seconds(shorter(patience, LONGEST_CONNECT)));
        source.setSocketTimeout(seconds(patience.multipliedBy(7).dividedBy(6)));
        source.setTcpKeepAlive(true);
        return source;
    }

    /** Statements that begin a session. */
    String settings() {
        return "SET search_path TO " + Sql.identifier(connection.schema())
                + "; SET statement_timeout TO " + patience.toMillis()
                + "; " + lockTimeout()
                + "; SET idle_in_transaction_session_timeout TO " + patience.toMillis();
    }

    /** The statement that bounds waiting for locks in a session. */
    String lockTimeout() {
        return "SET lock_timeout TO " + patience.multipliedBy(2).dividedBy(3).toMillis();
    }

    /** A pool that opens connections when they are wanted, and closes them when they are not wanted any more. */
    HikariDataSource pool(String purpose, int size, boolean onlyReads) {
        var config = new HikariConfig();
        config.setDataSource(source());
        config.setPoolName("leat " + purpose);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE.toMillis());
        config.setConnectionTimeout(patience.toMillis());
        config.setValidationTimeout(Math.clamp(patience.toMillis(), SHORTEST_VALIDATION, LONGEST_VALIDATION));
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(false);
        config.setReadOnly(onlyReads);
        config.setTransactionIsolation(onlyReads ? "TRANSACTION_REPEATABLE_READ" : "TRANSACTION_READ_COMMITTED");
        config.setConnectionInitSql(settings());
        return new HikariDataSource(config);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Rounded up: 0 would mean for ever. */
    private static int seconds(Duration time) {
        return (int) Math.ceilDiv(time.toMillis(), TimeUnit.SECONDS.toMillis(1));
    }
}
