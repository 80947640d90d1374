package io.leat.lake;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.jspecify.annotations.Nullable;

/**
 * One Iceberg commit, planned on top of one version of a table.
 *
 * @param base what it is planned on; null: the table is created
 * @param plan the columns afterwards
 * @param operation how the snapshot is called
 * @param properties of the table, besides those that note types: they are set, others stay
 */
record TableCommit(
        @Nullable LakeTable base,
        SchemaPlan plan,
        Operation operation,
        Collection<LakeFile> removed,
        List<NewFile> added,
        Map<String, String> summary,
        Map<String, String> properties)
        implements PreparedCommit {

    TableCommit(
            @Nullable LakeTable base,
            SchemaPlan plan,
            Operation operation,
            Collection<LakeFile> removed,
            List<NewFile> added,
            Map<String, String> summary) {
        this(base, plan, operation, removed, added, summary, Map.of());
    }

    /** The same, with these properties. */
    TableCommit with(Map<String, String> wanted) {
        return new TableCommit(base, plan, operation, removed, added, summary, wanted);
    }

    /** The kinds of snapshots that are made. */
    enum Operation {
        /** Rows are added, or take the place of others. */
        WRITE,
        /** The same rows in other files. */
        REWRITE
    }

    /** The table itself stays as it is; a table that is to be created does not. */
    @Override
    public boolean changesNothing() {
        return base != null
                && plan.changes().isEmpty()
                && removed.isEmpty()
                && added.isEmpty()
                && base.metadata().properties().entrySet().containsAll(properties.entrySet());
    }

    @Override
    public @Nullable TableMetadata baseMetadata() {
        return base == null ? null : base.metadata();
    }

    @Override
    public Retention retention() {
        return Retention.ON_COMMIT;
    }

    @Override
    public void commit(LakeOperations operations) {
        transaction(operations).commitTransaction();
    }

    private Transaction transaction(LakeOperations operations) {
        String name = plan.environment() + "." + plan.table();
        Transaction transaction;
        if (base == null) {
            transaction = Transactions.createTableTransaction(name, operations, created(), report -> {});
        } else {
            transaction = Transactions.newTransaction(name, operations, report -> {});
            evolve(transaction, base.metadata());
            if (!properties.isEmpty()) {
                var update = transaction.updateProperties();
                properties.forEach(update::set);
                update.commit();
            }
        }
        if (!removed.isEmpty() || !added.isEmpty()) {
            snapshot(transaction);
        }
        return transaction;
    }

    private TableMetadata created() {
        Map<String, String> all = new HashMap<>(plan.properties());
        all.put("format-version", "2");
        all.put("write.parquet.compression-codec", "zstd");
        all.put("write.metadata.delete-after-commit.enabled", "true");
        all.put("write.metadata.previous-versions-max", "50");
        all.put("commit.retry.num-retries", "0");
        all.putAll(properties);
        return TableMetadata.newTableMetadata(plan.schema(), plan.partitioning(), plan.location(), all);
    }

    private void evolve(Transaction transaction, TableMetadata metadata) {
        if (plan.changes().isEmpty()) {
            return;
        }
        var schema = transaction.updateSchema();
        SchemaPlanner.applyAll(plan.changes(), schema);
        schema.commit();
        var types = transaction.updateProperties();
        for (var column : plan.columns()) {
            String key = SchemaPlanner.TYPE_PROPERTY + column.id();
            String type = plan.properties().get(key);
            if (type != null) {
                types.set(key, type);
            } else if (metadata.properties().containsKey(key)) {
                types.remove(key);
            }
        }
        types.commit();
    }

    private void snapshot(Transaction transaction) {
        var table = transaction.table();
        Schema schema = table.schema();
        PartitionSpec spec = table.spec();
        var specs = table.specs();
        SnapshotUpdate<?> update = switch (operation) {
            case REWRITE -> {
                var rewrite = transaction.newRewrite();
                var before = table.currentSnapshot();
                if (before != null) {
                    // nothing can have happened since, and the history before may be forgotten
                    rewrite.validateFromSnapshot(before.snapshotId());
                }
                removed.forEach(file -> rewrite.deleteFile(file.dataFile(requireNonNull(specs.get(file.specId())))));
                added.forEach(file -> rewrite.addFile(file.dataFile(schema, spec)));
                yield rewrite;
            }
            case WRITE -> {
                if (removed.isEmpty()) {
                    var append = transaction.newAppend();
                    added.forEach(file -> append.appendFile(file.dataFile(schema, spec)));
                    yield append;
                } else {
                    var overwrite = transaction.newOverwrite();
                    removed.forEach(
                            file -> overwrite.deleteFile(file.dataFile(requireNonNull(specs.get(file.specId())))));
                    added.forEach(file -> overwrite.addFile(file.dataFile(schema, spec)));
                    yield overwrite;
                }
            }
        };
        summary.forEach(update::set);
        update.commit();
    }
}
