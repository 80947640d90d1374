package io.leat.lake;

import static java.util.Objects.requireNonNull;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.state.PublishResult;
import io.leat.storage.LocalStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/**
 * One Iceberg commit, planned on top of one version of a table.
 *
 * @param base what it is planned on; null: the table is created
 * @param plan the columns afterwards
 * @param operation how the snapshot is called
 */
record TableCommit(
        @Nullable LakeTable base,
        SchemaPlan plan,
        Operation operation,
        Collection<LakeFile> removed,
        List<NewFile> added,
        Map<String, String> summary) {

    /** The kinds of snapshots that are made. */
    enum Operation {
        /** Rows are added, or take the place of others. */
        WRITE,
        /** The same rows in other files. */
        REWRITE
    }

    /** The table itself stays as it is; a table that is to be created does not. */
    boolean changesNothing() {
        return base != null && plan.changes().isEmpty() && removed.isEmpty() && added.isEmpty();
    }

    /** Carries a clean refusal through Iceberg, which then removes the manifests that it has just written. */
    private static final class Refused extends RuntimeException implements CleanableFailure {
        private static final long serialVersionUID = 1;

        Refused() {
            super("refused", null, false, false);
        }
    }

    /** Writes the metadata and lets the publication of its location decide. */
    PublishResult run(FileIO io, Function<String, PublishResult> publication) {
        var result = new AtomicReference<@Nullable PublishResult>();
        var operations =
                new LakeOperations(base == null ? null : base.metadata(), io, Retention.ON_COMMIT, location -> {
                    var answer = publication.apply(location);
                    result.set(answer);
                    switch (answer) {
                        case PublishResult.Published done -> {}
                        case PublishResult.Unknown unknown -> throw new CommitStateUnknownException(unknown.cause());
                        case PublishResult.LostFences lost -> throw new Refused();
                        case PublishResult.PointerMoved moved -> throw new Refused();
                    }
                });
        try {
            transaction(operations).commitTransaction();
        } catch (Refused | CommitStateUnknownException answered) {
            // the answer says so too
        } catch (RuntimeException failure) {
            if (!(result.get() instanceof PublishResult.Published)) {
                throw translated(failure);
            }
        }
        return Optional.ofNullable(result.get())
                .orElseThrow(() ->
                        new PipelineException(ErrorCode.INTERNAL, "a commit of " + plan.table() + " did nothing"));
    }

    private Transaction transaction(LakeOperations operations) {
        String name = plan.environment() + "." + plan.table();
        Transaction transaction;
        if (base == null) {
            transaction = Transactions.createTableTransaction(name, operations, created(), report -> {});
        } else {
            transaction = Transactions.newTransaction(name, operations, report -> {});
            evolve(transaction, base.metadata());
        }
        if (!removed.isEmpty() || !added.isEmpty()) {
            snapshot(transaction);
        }
        return transaction;
    }

    private TableMetadata created() {
        Map<String, String> properties = new HashMap<>(plan.properties());
        properties.put("format-version", "2");
        properties.put("write.parquet.compression-codec", "zstd");
        properties.put("write.metadata.delete-after-commit.enabled", "true");
        properties.put("write.metadata.previous-versions-max", "50");
        properties.put("commit.retry.num-retries", "0");
        return TableMetadata.newTableMetadata(plan.schema(), plan.partitioning(), plan.location(), properties);
    }

    private void evolve(Transaction transaction, TableMetadata metadata) {
        if (plan.changes().isEmpty()) {
            return;
        }
        var schema = transaction.updateSchema();
        SchemaPlanner.applyAll(plan.changes(), schema);
        schema.commit();
        var properties = transaction.updateProperties();
        for (var column : plan.columns()) {
            String key = SchemaPlanner.TYPE_PROPERTY + column.id();
            String type = plan.properties().get(key);
            if (type != null) {
                properties.set(key, type);
            } else if (metadata.properties().containsKey(key)) {
                properties.remove(key);
            }
        }
        properties.commit();
    }

    private void snapshot(Transaction transaction) {
        var table = transaction.table();
        Schema schema = table.schema();
        PartitionSpec spec = table.spec();
        var specs = table.specs();
        SnapshotUpdate<?> update = switch (operation) {
            case REWRITE -> {
                var rewrite = transaction.newRewrite();
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

    private static RuntimeException translated(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PipelineException known) {
                return known;
            }
            if (cause instanceof IOException io) {
                return LocalStore.failed("write", Path.of("the table's metadata"), io);
            }
        }
        return failure;
    }
}
