package io.leat.lake;

import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.TableName;
import io.leat.schema.Provenance;
import io.leat.state.CatalogTable;
import io.leat.state.PointerSwap;
import io.leat.state.Publication;
import io.leat.state.PublishResult;
import io.leat.state.StateStore;
import io.leat.storage.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an operator does with a lake. Everything may be done while others load and read. */
public final class LakeKeeper {
    private final Tables tables;
    private final StateStore state;
    private final Pointers pointers;
    private final TableWriter writer;
    private final LocalStore store;
    private final FoldLayout layout;

    LakeKeeper(
            Tables tables,
            StateStore state,
            Pointers pointers,
            TableWriter writer,
            LocalStore store,
            FoldLayout layout) {
        this.tables = tables;
        this.state = state;
        this.pointers = pointers;
        this.writer = writer;
        this.store = store;
        this.layout = layout;
    }

    /** Joins small files, forgets old versions of the tables, then deletes the files that nothing refers to any more. */
    public Upkeep.Report maintain(DuckDb duckDb, EnvironmentName environment, Upkeep upkeep) {
        List<Upkeep.TableReport> reports = new ArrayList<>();
        var compactor = new Compactor(tables, writer, duckDb, upkeep, layout);
        for (CatalogTable table : state.tables(environment)) {
            // rejects are recognised by their files when they are published again after a crash
            var joined = table.table().equals(Rejects.TABLE)
                    ? new Compactor.Joined(0, 0)
                    : compactor.compact(environment, table.table());
            int forgotten = forget(environment, table.table(), upkeep);
            pointers.write(environment, table.table());
            reports.add(new Upkeep.TableReport(table.table(), forgotten, joined.files(), joined.into()));
        }
        var sweep =
                new Sweep(tables, state, pointers, environment, Instant.now().minus(upkeep.margin()));
        sweep.run();
        return new Upkeep.Report(reports, sweep.files(), sweep.bytes(), sweep.unknownFolders());
    }

    private int forget(EnvironmentName environment, TableName table, Upkeep upkeep) {
        var retention = new Retention(upkeep.leastSnapshots(), Integer.MAX_VALUE, upkeep.keepFor());
        int before = snapshots(environment, table);
        writer.maintain(environment, table, current -> new MetadataCommit(current.metadata(), retention));
        return Math.max(0, before - snapshots(environment, table));
    }

    private int snapshots(EnvironmentName environment, TableName table) {
        return tables.existing(environment, table).metadata().snapshots().size();
    }

    /**
     * Gives a table that another program made the columns by which Leat knows its own rows. The rows that it has are nobody's: no
     * load replaces or counts them. Returns whether it lacked the columns.
     *
     * @throws io.leat.name.PipelineException E106 if there is no such table, E409 if Leat cannot write to it
     */
    public boolean adopt(EnvironmentName environment, TableName table) {
        LakeTable before = tables.existing(environment, table);
        boolean lacking = Provenance.columns().stream()
                .anyMatch(column -> before.metadata().schema().findField(column.name()) == null);
        if (lacking) {
            writer.maintain(environment, table, current -> {
                var planner = new SchemaPlanner(environment, table, current.contract(), Evolution.GROW);
                return new TableCommit(
                        current,
                        planner.adopt(current.metadata()),
                        TableCommit.Operation.WRITE,
                        Set.of(),
                        List.of(),
                        Map.of());
            });
        }
        return lacking;
    }

    /** The table is gone for readers at once; its files go with a later {@link #maintain}. */
    public void drop(EnvironmentName environment, TableName table) {
        String location = tables.existing(environment, table).metadataLocation();
        swap(environment, new PointerSwap(table, location, null));
        pointers.drop(environment, table, location);
    }

    /**
     * A table of the lake, and what was done with it.
     *
     * @param problem why nothing could be done; null if it was
     */
    public record Restored(
            EnvironmentName environment,
            TableName table,
            @Nullable String problem) {}

    /**
     * Enters the tables that lie in the lake's folder, of all environments, into the catalog of a state store that does not
     * know them: for the day on which the state store was lost. Each is taken as the pointer beside it says, which is the
     * last commit or, after a crash, the one before. The ledger is not restored: every slice is due again and replaces its
     * own rows. Tables that the catalog has are left alone.
     */
    public List<Restored> recover() {
        List<Restored> restored = new ArrayList<>();
        for (Path folder : tableFolders()) {
            pointers.read(folder).filter(pointer -> !pointer.dropped()).ifPresent(pointer -> {
                var environment = new EnvironmentName(pointer.environment());
                var table = TableName.parse(pointer.table());
                if (state.table(environment, table).isEmpty()) {
                    restored.add(tried(environment, table, () -> {
                        String location = placed(folder.toString(), pointer.metadataLocation());
                        tables.at(location);
                        swap(environment, new PointerSwap(table, null, location));
                        pointers.write(environment, table);
                    }));
                }
            });
        }
        return restored;
    }

    /**
     * After the lake's folder was moved: makes the tables of an environment readable at their new place. Each gets one new
     * snapshot, its only one; tables that lie where they are expected are left alone.
     */
    public List<Restored> relocate(EnvironmentName environment) {
        List<Restored> restored = new ArrayList<>();
        for (CatalogTable table : state.tables(environment)) {
            String folder = tables.location(environment, table.table());
            var moved = new boolean[1];
            var outcome = tried(environment, table.table(), () -> moved[0] = relocate(environment, table, folder));
            if (moved[0] || outcome.problem() != null) {
                restored.add(outcome);
            }
        }
        return restored;
    }

    private boolean relocate(EnvironmentName environment, CatalogTable table, String folder) {
        var relocation = Relocation.of(environment, table.table(), folder, placed(folder, table.metadataLocation()));
        if (relocation.changesNothing()) {
            return false;
        }
        Function<String, PublishResult> publication = location -> state.publish(Publication.ofPointers(
                environment, List.of(new PointerSwap(table.table(), table.metadataLocation(), location))));
        require(table.table(), CommitRun.of(relocation, tables.io(), publication));
        pointers.write(environment, table.table());
        return true;
    }

    /** Where a metadata file lies now: in the table's folder, or where it says if it is not there. */
    private static String placed(String tableFolder, String metadataLocation) {
        Path moved = Path.of(tableFolder)
                .resolve("metadata")
                .resolve(Path.of(metadataLocation).getFileName());
        return Files.exists(moved) ? moved.toString() : metadataLocation;
    }

    private static Restored tried(EnvironmentName environment, TableName table, Runnable action) {
        try {
            action.run();
            return new Restored(environment, table, null);
        } catch (PipelineException failure) {
            return new Restored(environment, table, failure.message());
        }
    }

    private List<Path> tableFolders() {
        Path root = store.root();
        int depth = 4; // environment/lake/schema/table
        try (var folders = Files.find(
                root,
                depth,
                (path, attributes) -> attributes.isDirectory()
                        && root.relativize(path).getNameCount() == depth
                        && root.relativize(path).getName(1).toString().equals("lake"))) {
            return folders.sorted().toList();
        } catch (IOException failure) {
            throw LocalStore.failed("list", root, failure);
        }
    }

    private void swap(EnvironmentName environment, PointerSwap swap) {
        require(swap.table(), state.publish(Publication.ofPointers(environment, List.of(swap))));
    }

    private static void require(TableName table, PublishResult result) {
        switch (result) {
            case PublishResult.Published done -> {}
            case PublishResult.LostFences lost -> throw new IllegalStateException("no claims were asked for");
            case PublishResult.PointerMoved moved ->
                throw new PipelineException(
                        ErrorCode.COMMIT_CONFLICT, table + " was changed by somebody else meanwhile");
            case PublishResult.Unknown unknown ->
                throw new PipelineException(
                        ErrorCode.COMMIT_UNKNOWN,
                        "the state store did not answer: " + unknown.cause().message(),
                        unknown.cause());
        }
    }
}
