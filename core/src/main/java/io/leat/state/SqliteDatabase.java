package io.leat.state;

import io.leat.name.PipelineException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * State in one SQLite file: one connection that writes, behind a gate, and a few that read. Opened by {@link SqliteState}.
 *
 * @implNote Every write begins with BEGIN IMMEDIATE: a transaction that reads first and asks for the lock later fails at
 *     once when another process has written in between, whatever the timeout.
 */
final class SqliteDatabase implements Database {
    private static final int READERS = 4;

    private final Path file;
    private final Dialect dialect;
    private final Duration patience;
    private final WriterGate gate = new WriterGate();
    private final Semaphore places = new Semaphore(READERS);
    private final Deque<Session> idleReaders = new ArrayDeque<>();
    private final ReentrantLock readersLock = new ReentrantLock();
    private @Nullable Session writer;
    private volatile boolean closed;

    /**
     * @param clockOffset what tests add to the clock
     * @param patience how long to wait for a lock
     */
    SqliteDatabase(Path file, Duration clockOffset, Duration patience) {
        this.file = file;
        this.dialect = new SqliteDialect(clockOffset);
        this.patience = patience;
    }

    @Override
    public <T> T write(Effect effect, Work<T> work) {
        gate.enter(effect.urgent());
        try {
            return writeAlone(effect, work);
        } finally {
            gate.leave();
        }
    }

    private <T> T writeAlone(Effect effect, Work<T> work) {
        Session session = begun();
        T result;
        try {
            if (effect.needsStoreHere()) {
                new StoreTable(session).identity().requireHere();
            }
            result = work.run(session);
            effect.beforeCommit();
        } catch (SQLException failure) {
            rollBack(session);
            throw SqliteFaults.explain(file, failure);
        } catch (Throwable failure) {
            rollBack(session);
            throw failure;
        }
        commit(session, effect);
        return result;
    }

    private Session begun() {
        try {
            Session session = writer();
            session.run("BEGIN IMMEDIATE");
            return session;
        } catch (SQLException failure) {
            throw SqliteFaults.explain(file, failure);
        }
    }

    private void commit(Session session, Effect effect) {
        try {
            session.run("COMMIT");
            effect.afterCommit();
        } catch (SQLException failure) {
            rollBack(session);
            var explained = SqliteFaults.explain(file, failure);
            throw SqliteFaults.notCommitted(failure) ? explained : new UnknownOutcomeException(explained);
        } catch (PipelineException injected) {
            throw new UnknownOutcomeException(injected);
        }
    }

    /** Also after a failed commit: if the connection cannot even do this, the next writer gets a new one. */
    private void rollBack(Session session) {
        try {
            session.run("ROLLBACK");
        } catch (SQLException _) {
            writer = null;
            closeQuietly(session);
        }
    }

    private Session writer() throws SQLException {
        refuseIfClosed();
        Session session = writer;
        if (session == null) {
            session = connect(false);
            writer = session;
        }
        return session;
    }

    @Override
    public <T> T read(Work<T> work) {
        places.acquireUninterruptibly();
        try {
            Session session = reader();
            try {
                session.run("BEGIN");
                T result = work.run(session);
                session.run("COMMIT");
                readersLock.lock();
                try {
                    idleReaders.push(session);
                } finally {
                    readersLock.unlock();
                }
                return result;
            } catch (Throwable failure) {
                closeQuietly(session);
                throw failure;
            }
        } catch (SQLException failure) {
            throw SqliteFaults.explain(file, failure);
        } finally {
            places.release();
        }
    }

    @Override
    public <T> T scan(Work<T> work) {
        return read(work);
    }

    private Session reader() throws SQLException {
        refuseIfClosed();
        readersLock.lock();
        try {
            Session idle = idleReaders.poll();
            return idle == null ? connect(true) : idle;
        } finally {
            readersLock.unlock();
        }
    }

    private Session connect(boolean onlyReads) throws SQLException {
        var config = new SQLiteConfig();
        config.setBusyTimeout((int) patience.toMillis());
        config.setSynchronous(SynchronousMode.FULL);
        config.setPragma(SQLiteConfig.Pragma.CACHE_SIZE, "-16000");
        var session =
                new Session(config.createConnection("jdbc:sqlite:" + file.toAbsolutePath()), dialect, Deadline.NONE);
        if (onlyReads) {
            session.run("PRAGMA query_only = 1");
        }
        return session;
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new IllegalStateException("the state store is closed: " + file);
        }
    }

    /** Waits for the transactions that run. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        places.acquireUninterruptibly(READERS);
        gate.enter(true);
        try {
            closed = true;
            idleReaders.forEach(SqliteDatabase::closeQuietly);
            idleReaders.clear();
            if (writer != null) {
                closeQuietly(writer);
                writer = null;
            }
        } finally {
            gate.leave();
            places.release(READERS);
        }
    }

    /** Everything is committed or given up by now; a failure to close a connection changes nothing. */
    private static void closeQuietly(Session session) {
        try {
            session.close();
        } catch (SQLException _) {
            return;
        }
    }
}
