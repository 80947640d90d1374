package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.PipelineName;
import java.sql.SQLException;

/**
 * What differs in the statements of the databases that can hold state. Where a transaction that writes excludes all others,
 * as with SQLite, nothing needs a lock of its own.
 */
interface Dialect {

    /** The store's now, in milliseconds, as an expression. */
    String clock();

    /** The end of a SELECT from one table, by id, whose rows nobody else may change before the transaction ends. */
    String forUpdate();

    /** The end of a SELECT from one table that locks its rows too, but leaves out those that somebody else is changing. */
    String skipLocked();

    /** Keeps everybody else from opening generations of the pipeline, or settling its grids, until the transaction ends. */
    void lockPipeline(Session session, EnvironmentName environment, PipelineName pipeline) throws SQLException;

    /** Tokens that nobody else draws, ascending, each greater than all that were drawn before. Gaps do no harm. */
    long[] drawTokens(Session session, int count) throws SQLException;
}
