package io.leat.state;

import java.sql.SQLException;

/** What differs between the databases that can hold state: connections, transactions, the clock, errors. */
interface Database extends AutoCloseable {

    /**
     * Runs the work in one transaction that excludes other writers of what it writes, and commits.
     *
     * @throws io.leat.name.PipelineException E208 if the store has moved, unless it is moved by this
     * @throws UnknownOutcomeException if the commit was sent and its answer is missing
     * @throws io.leat.name.PipelineException for every other failure of the database; nothing was written
     */
    <T> T write(Effect effect, Work<T> work);

    /** Runs the work on one committed moment of the store. */
    <T> T read(Work<T> work);

    /** The same for work that reads all there is, and takes as long as it takes. */
    <T> T scan(Work<T> work);

    @Override
    void close();

    /** Statements that belong together. */
    @FunctionalInterface
    interface Work<T> {
        T run(Session session) throws SQLException;
    }
}
