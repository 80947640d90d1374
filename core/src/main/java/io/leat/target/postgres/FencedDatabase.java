package io.leat.target.postgres;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.state.Record;
import io.leat.target.postgres.TargetDatabase.Effect;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Transactions that raise or require fences. Where a fence stays locked the session that locks it is ended: it publishes for somebody
 * whose claim is older, or is one's own of which nothing was heard any more.
 */
final class FencedDatabase {
    private static final int MOST_UNKNOWN = 3;

    private final TargetDatabase database;
    private final String storeId;
    private String sessions = "leat";

    FencedDatabase(TargetDatabase database, String storeId) {
        this.database = database;
        this.storeId = storeId;
    }

    /** What is done with the ledger while the fences are locked. */
    @FunctionalInterface
    interface LedgerWork<T> {
        T run(TargetLedger ledger) throws SQLException;
    }

    /** What is done while the fences are locked; {@code lost} are the records that do not hold theirs. */
    @FunctionalInterface
    interface Work<T> {
        T run(DatabaseSession session, List<Record> lost) throws SQLException;
    }

    /** Somebody holds the lock of a fence. */
    private static final class LockedFenceException extends RuntimeException {
        private static final long serialVersionUID = 1;

        LockedFenceException(SQLException cause) {
            super(cause);
        }
    }

    /**
     * Raises the fences of records, and reads the ledger once nobody else can write there for them.
     *
     * @param name of the sessions that may publish from now on
     */
    <T> T raise(String name, Collection<Record> records, LedgerWork<T> reading) {
        sessions = name;
        return settled(Effect.RAISE, records, session -> {
            LedgerSchema.require(session);
            session.waitForLocks(database.patience().fence());
            locked(() -> {
                new Fences(session, storeId).raise(records, name);
                return true;
            });
            return reading.run(new TargetLedger(session, storeId));
        });
    }

    /** Publishes: what is done is done once, even if an answer is lost. The work must find out whether it has been done before. */
    <T> T publish(Collection<Record> records, Work<T> work) {
        return fenced(Effect.PUBLISH, records, work);
    }

    /** Changes something that must be done by nobody who has lost the slices. */
    <T> T fenced(Effect effect, Collection<Record> records, Work<T> work) {
        return settled(effect, records, session -> {
            List<Record> lost = locked(() -> new Fences(session, storeId).lockAndFindLost(records));
            return work.run(session, lost);
        });
    }

    <T> T write(Effect effect, TargetDatabase.Work<T> work) {
        return database.write(sessions, effect, work);
    }

    <T> T read(TargetDatabase.Work<T> work) {
        return database.read(sessions, work);
    }

    /** A statement that locks fences. */
    private interface Locking<T> {
        T run() throws SQLException;
    }

    private static <T> T locked(Locking<T> statement) throws SQLException {
        try {
            return statement.run();
        } catch (SQLException failure) {
            if (TargetFaults.isLocked(failure)) {
                throw new LockedFenceException(failure);
            }
            throw failure;
        }
    }

    /** A commit of unknown outcome is looked up by doing the same again: behind the fence's lock it has ended, either way. */
    private <T> T settled(Effect effect, Collection<Record> records, TargetDatabase.Work<T> work) {
        PipelineException unknown = null;
        for (int attempt = 1; ; attempt++) {
            try {
                return shuttingOut(records, () -> database.write(sessions, effect, work));
            } catch (UnknownCommitException answerless) {
                unknown = answerless;
            } catch (PipelineException failure) {
                if (unknown == null || !failure.code().retryable()) {
                    throw failure;
                }
                unknown.addSuppressed(failure);
            }
            if (attempt == MOST_UNKNOWN) {
                throw new PipelineException(ErrorCode.COMMIT_UNKNOWN, unknown.message(), unknown)
                        .withHint("run again: the loads are looked up in the target before anything is loaded");
            }
        }
    }

    private <T> T shuttingOut(Collection<Record> records, Supplier<T> transaction) {
        Duration patience = database.patience().brief();
        long last = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return transaction.get();
            } catch (LockedFenceException locked) {
                if (System.nanoTime() - last > 0) {
                    throw new PipelineException(
                                    ErrorCode.TIMEOUT,
                                    "somebody who cannot be shut out holds a fence of " + database.target(),
                                    locked)
                            .withHint("pg_stat_activity shows who waits for whom");
                }
                database.read(sessions, session -> new Fences(session, storeId).shutOut(records));
            }
        }
    }
}
