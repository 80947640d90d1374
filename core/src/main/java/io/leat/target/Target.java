package io.leat.target;

import io.leat.lake.DuckDb;
import io.leat.lake.Layout;
import io.leat.lake.Published;
import io.leat.lake.SliceLoad;
import io.leat.lake.StagedFile;
import io.leat.lake.WriteMode;
import io.leat.name.PipelineName;
import io.leat.schema.AuditLevel;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.Limit;
import io.leat.schema.Sums;
import io.leat.state.Record;
import io.leat.state.Retirement;
import io.leat.time.Slice;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the rows of one pipeline or model go, as it is in one environment. It publishes a slice as a whole, once, or not at all;
 * every row carries the pipeline and window that it came by, and these alone decide what is replaced and counted.
 *
 * <p>Used by one thread at a time; several threads and processes have targets of their own for the same table.
 */
public interface Target {

    /** What is filled, by the name that records and the ledger use. */
    String name();

    /** What a load does to the rows that its slice has there. */
    WriteMode write();

    /**
     * Shuts out whoever held the records before, wherever the target keeps a fence of its own: from now on it takes nothing of
     * theirs. Before anything is read for the records.
     */
    void raise(Collection<Record> claimed);

    /**
     * Enters loads that this target has published for the same generations of the records, and of which the state store has not
     * learnt. After {@link #raise}, for then nobody else publishes any more.
     *
     * @return the records as they are now
     */
    default List<Record> enterPublished(Collection<Record> claimed) {
        return List.copyOf(claimed);
    }

    /** What values of a column this target cannot hold; rows that have them are refused. */
    default Optional<Limit> limit(Column column) {
        return Optional.empty();
    }

    /**
     * Writes the rows of a query as files, durable but visible to nobody. The query has the columns of the contract and both of
     * {@link io.leat.schema.Provenance}; if the table is made of changes also those of {@link io.leat.schema.Fold#columns()}. An error in the query leaves nothing behind.
     *
     * @return the files, by window; none if there are no rows
     * @throws io.leat.name.PipelineException E306 if the columns cannot become those of the table
     */
    List<StagedFile> stage(DuckDb duck, Contract contract, String select, Layout layout);

    /**
     * Makes a group of loads visible, with the ledger and the records. Those whose claim was lost are left out; those that this
     * target knows by their load id have been published before, and are only entered where that is missing.
     *
     * <p>A target that copies what was staged compares sums and content of the copies before it publishes them.
     *
     * @throws io.leat.name.PipelineException E303 if a copy differs from what was staged, E405 if it is unknown whether it took place, and cannot be found out now
     */
    Published publish(DuckDb duck, Contract contract, List<SliceLoad> loads);

    /**
     * The same, while other windows of the pipeline leave the target, in one transaction: all of it or nothing. If any claim was
     * lost nothing is published.
     *
     * @throws io.leat.name.PipelineException E114 if the target cannot do that
     */
    Published replace(DuckDb duck, Contract contract, List<SliceLoad> loads, Retirement retired);

    /**
     * Makes what is there Leat's, and this state store's: a table that another program made gains the columns of provenance, and
     * fences of another store give way. Rows that are there stay, and belong to nobody.
     *
     * @return what was changed, for people; empty if nothing had to be
     * @throws io.leat.name.PipelineException E409 if it is of a form that Leat does not write
     */
    Optional<String> adopt();

    /** The files of loads that are published and audited: they are removed if readers do not read them. */
    default void forget(Collection<StagedFile> files) {}

    /** How many rows of each slice are there: what readers see of it, or the changes of which that is made. */
    Map<Slice, Long> recount(DuckDb duck, PipelineName pipeline, Collection<? extends Slice> slices);

    /** A name of what readers see now: another one after each change. Empty where that costs as much as counting. */
    Optional<String> version();

    /**
     * The sums of the rows that {@link #recount} counts, with the content if the level is that.
     *
     * @param columns those of the user's that count, in this order; the table has them
     */
    Map<Slice, Sums> sums(
            DuckDb duck,
            PipelineName pipeline,
            Collection<? extends Slice> slices,
            List<String> columns,
            AuditLevel level);

    /** How many of the rows of slices to which loads append came by loads that the state store will never know. */
    default Map<Slice, Long> unentered(PipelineName pipeline, Collection<? extends Slice> slices) {
        return Map.of();
    }
}
