package io.leat.target.postgres;

import io.leat.name.FaultPoint;
import io.leat.name.PipelineException;
import io.leat.state.PostgresDoor;
import java.sql.SQLException;

/**
 * Transactions in the target's database, each on a connection of its own: there are few, and none may meet what an earlier one left.
 *
 * @param door to the database
 * @param target its name, for people
 */
record TargetDatabase(PostgresDoor door, String target, Patience patience) {

    /** The places around a commit where tests break it. */
    enum Effect {
        RAISE(FaultPoint.TARGET_RAISE_BEFORE_COMMIT, FaultPoint.TARGET_RAISE_AFTER_COMMIT),
        TABLE(FaultPoint.TARGET_TABLE_BEFORE_COMMIT, FaultPoint.TARGET_TABLE_AFTER_COMMIT),
        PUBLISH(FaultPoint.TARGET_PUBLISH_BEFORE_COMMIT, FaultPoint.TARGET_PUBLISH_AFTER_COMMIT),
        ADOPT(FaultPoint.TARGET_ADOPT_BEFORE_COMMIT, FaultPoint.TARGET_ADOPT_AFTER_COMMIT);

        private final FaultPoint before;
        private final FaultPoint after;

        Effect(FaultPoint before, FaultPoint after) {
            this.before = before;
            this.after = after;
        }
    }

    /** Statements that belong together. */
    @FunctionalInterface
    interface Work<T> {
        T run(DatabaseSession session) throws SQLException;
    }

    /**
     * Runs the work and commits.
     *
     * @param name by which others know the session, to end it
     * @throws UnknownCommitException if the commit was sent and it is not known whether it took place
     * @throws PipelineException for every other failure: nothing was changed
     */
    <T> T write(String name, Effect effect, Work<T> work) {
        T result;
        try (var session = DatabaseSession.open(door, name, patience)) {
            result = work.run(session);
            effect.before.reached();
            commit(session);
        } catch (SQLException failure) {
            throw explain(failure);
        }
        try {
            effect.after.reached();
        } catch (PipelineException injected) {
            throw new UnknownCommitException(injected);
        }
        return result;
    }

    private void commit(DatabaseSession session) {
        try {
            session.commit();
        } catch (SQLException failure) {
            var explained = explain(failure);
            throw PostgresDoor.notCommitted(failure) ? explained : new UnknownCommitException(explained);
        }
    }

    /** Runs the work, which changes nothing. */
    <T> T read(String name, Work<T> work) {
        try (var session = DatabaseSession.open(door, name, patience)) {
            return work.run(session);
        } catch (SQLException failure) {
            throw explain(failure);
        }
    }

    PipelineException explain(SQLException failure) {
        return new TargetFaults(target).explain(failure);
    }
}
