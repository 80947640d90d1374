package io.leat.state;

import com.zaxxer.hikari.HikariDataSource;
import io.leat.name.PipelineException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * State in a schema of PostgreSQL. Opened by {@link PostgresState}.
 *
 * <p>Transactions that write are READ COMMITTED and lock what they judge before they judge it, in one order; those that read are
 * REPEATABLE READ: one moment. Before its COMMIT is sent a transaction can be run again, and is, if its connection broke or it
 * was aborted for the sake of another. The decision page 0012 has the reasons.
 */
final class PostgresDatabase implements Database {
    private static final int READERS = 4;
    private static final int WRITERS = 4;
    /** Leases end while their renewals wait: nothing else may use these. */
    private static final int RENEWALS = 2;

    private static final int ATTEMPTS = 5;
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    private final String place;
    private final PostgresFaults faults;
    private final Dialect dialect;
    private final Duration patience;
    private final HikariDataSource readers;
    private final HikariDataSource writers;
    private final HikariDataSource renewals;
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
    private boolean closed;

    PostgresDatabase(String place, PostgresAccess access, Dialect dialect) {
        this.place = place;
        this.faults = new PostgresFaults(place);
        this.dialect = dialect;
        this.patience = access.patience();
        this.readers = access.pool("reads", READERS, true);
        this.writers = access.pool("writes", WRITERS, false);
        this.renewals = access.pool("renewals", RENEWALS, false);
    }

    @Override
    public <T> T write(Effect effect, Work<T> work) {
        Transaction<T> transaction = (connection, deadline) -> {
            var session = new Session(connection, dialect, deadline);
            if (effect.needsStoreHere()) {
                new StoreTable(session).identity().requireHere();
            }
            T result = work.run(session);
            effect.beforeCommit();
            commit(connection, effect);
            return result;
        };
        return run(effect.urgent() ? renewals : writers, transaction, effect.unbounded() ? Deadline.NONE : soon());
    }

    @Override
    public <T> T read(Work<T> work) {
        return read(work, soon());
    }

    @Override
    public <T> T scan(Work<T> work) {
        return read(work, Deadline.NONE);
    }

    private <T> T read(Work<T> work, Deadline deadline) {
        Transaction<T> transaction = (connection, until) -> {
            T result = work.run(new Session(connection, dialect, until));
            connection.commit();
            return result;
        };
        return run(readers, transaction, deadline);
    }

    private Deadline soon() {
        return Deadline.in(patience.multipliedBy(2));
    }

    /** All of a transaction, its end included; an SQLException means that nothing was written. */
    @FunctionalInterface
    private interface Transaction<T> {
        T run(Connection connection, Deadline deadline) throws SQLException;
    }

    private <T> T run(HikariDataSource pool, Transaction<T> transaction, Deadline deadline) {
        use.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the state store is closed: " + place);
            }
            return attempts(pool, transaction, deadline);
        } finally {
            use.readLock().unlock();
        }
    }

    private <T> T attempts(HikariDataSource pool, Transaction<T> transaction, Deadline deadline) {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(pool, transaction, deadline);
            } catch (SQLException failure) {
                if (attempt == ATTEMPTS || !PostgresFaults.maySucceedAgain(failure)) {
                    throw faults.explain(failure);
                }
                if (PostgresFaults.connectionLost(failure)) {
                    pool.getHikariPoolMXBean().softEvictConnections(); // what broke this one broke its neighbours
                } else {
                    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE));
                }
            }
        }
    }

    private static <T> T attempt(HikariDataSource pool, Transaction<T> transaction, Deadline deadline)
            throws SQLException {
        Connection connection = connection(pool);
        try {
            return transaction.run(connection, deadline);
        } catch (Throwable failure) {
            rollBack(connection);
            throw failure;
        } finally {
            giveBack(connection);
        }
    }

    /** An interrupt is not for us: state is written even then. */
    private static Connection connection(HikariDataSource pool) throws SQLException {
        boolean interrupted = Thread.interrupted();
        try {
            return pool.getConnection();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void commit(Connection connection, Effect effect) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException failure) {
            var explained = faults.explain(failure);
            throw PostgresFaults.notCommitted(failure) ? explained : new UnknownOutcomeException(explained);
        }
        try {
            effect.afterCommit();
        } catch (PipelineException injected) {
            throw new UnknownOutcomeException(injected);
        }
    }

    /** If the connection cannot even do this the server does it. */
    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException _) {
            return;
        }
    }

    /** Everything is committed or given up by now. */
    private static void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException _) {
            return;
        }
    }

    /** Waits for the transactions that run. */
    @Override
    public void close() {
        use.writeLock().lock();
        try {
            closed = true;
            List.of(readers, writers, renewals).forEach(HikariDataSource::close);
        } finally {
            use.writeLock().unlock();
        }
    }
}
