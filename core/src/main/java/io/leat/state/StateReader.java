package io.leat.state;

import java.time.Instant;

/**
 * The door to state for whoever only looks. Each call sees one committed moment of the store and never waits for writers.
 * Safe for use by several threads.
 *
 * <p>Every method throws a {@link io.leat.name.PipelineException} that names the file when the store cannot be read.
 */
public interface StateReader
        extends RecordReader, LedgerReader, CatalogReader, SourceIndexReader, BackfillReader, RunReader {

    /** The identity of this store, made when it was created. */
    String storeId();

    /** The store's clock: the one that decides about leases. */
    Instant now();
}
