package io.leat.lake;

import io.leat.name.TableName;
import org.jspecify.annotations.Nullable;

/**
 * What a commit does to one of its tables.
 *
 * @param from the metadata file on top of which it is planned; null: there is no such table yet
 */
record CommitPart(TableName table, @Nullable String from, PreparedCommit commit) {

    static CommitPart of(TableName table, TableCommit commit) {
        LakeTable base = commit.base();
        return new CommitPart(table, base == null ? null : base.metadataLocation(), commit);
    }
}
