package io.leat.lake;

import org.apache.iceberg.TableMetadata;

/** A commit that changes no row: fewer snapshots. */
record MetadataCommit(TableMetadata baseMetadata, Retention retention) implements PreparedCommit {
    @Override
    public boolean changesNothing() {
        return retention.applied(baseMetadata) == baseMetadata;
    }

    @Override
    public void commit(LakeOperations operations) {
        operations.commit(baseMetadata, retention.applied(baseMetadata));
    }
}
