package io.leat.lake;

import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/** A commit that is planned on top of one version of a table and can be carried out once. */
interface PreparedCommit {

    /** What it is planned on; null: the table is created. */
    @Nullable
    TableMetadata baseMetadata();

    /** Which snapshots the table's metadata names afterwards. */
    Retention retention();

    /** The table is as it should be already. */
    boolean changesNothing();

    /** Ends in one commit of the operations. */
    void commit(LakeOperations operations);
}
