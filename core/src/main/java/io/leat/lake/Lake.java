package io.leat.lake;

import io.leat.name.EnvironmentName;
import io.leat.name.FaultPoint;
import io.leat.name.PipelineException;
import io.leat.name.PipelineName;
import io.leat.name.Sql;
import io.leat.name.TableName;
import io.leat.schema.AuditLevel;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.Fold;
import io.leat.schema.Provenance;
import io.leat.schema.Sums;
import io.leat.state.Load;
import io.leat.state.Record;
import io.leat.state.Retirement;
import io.leat.state.StateStore;
import io.leat.storage.LocalStore;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tables of all environments below one folder: {@code <root>/<environment>/lake/<schema>/<table>}. Any engine that
 * speaks Iceberg reads them, through the catalog in the state store; only this class writes them.
 *
 * <p>The way of rows: {@link #plan}, then {@link #stage}, which any number of workers do at once, then {@link #publish},
 * which makes a group of slices visible in one transaction. Readers take a {@link #table} and read its {@link
 * TableView#sql()}. Safe for use by several threads, and by several processes with the same state store.
 */
public final class Lake {
    private final Tables tables;
    private final FoldLayout layout;
    private final TableWriter writer;
    private final LakeKeeper keeper;

    private Lake(Tables tables, FoldLayout layout, TableWriter writer, LakeKeeper keeper) {
        this.tables = tables;
        this.layout = layout;
        this.writer = writer;
        this.keeper = keeper;
    }

    /**
     * Opens the lake in this folder, which belongs to this state store from then on.
     *
     * @throws io.leat.name.PipelineException E401 if it belongs to another one
     */
    public static Lake open(Path root, StateStore state) {
        return open(root, state, FoldLayout.DEFAULT);
    }

    static Lake open(Path root, StateStore state, FoldLayout layout) {
        var store = new LocalStore(root);
        Ownership.of(store).claim(state.storeId());
        return unchecked(store, state, layout);
    }

    /** Opens the lake and makes it belong to this state store, whichever it belonged to. See {@link #keeper()}. */
    public static Lake adopt(Path root, StateStore state) {
        var store = new LocalStore(root);
        Ownership.of(store).take(state.storeId());
        return unchecked(store, state, FoldLayout.DEFAULT);
    }

    private static Lake unchecked(LocalStore store, StateStore state, FoldLayout layout) {
        var tables = new Tables(store.root(), state, new LocalFileIO());
        var pointers = new Pointers(store, state, tables);
        var writer = new TableWriter(tables, state, pointers);
        return new Lake(tables, layout, writer, new LakeKeeper(tables, state, pointers, writer, store, layout));
    }

    /** What an operator does with the lake: maintain, recover, relocate. */
    public LakeKeeper keeper() {
        return keeper;
    }

    /** How rows of this contract go into the table: it may gain columns and wider types, nothing else. */
    public SchemaPlan plan(EnvironmentName environment, TableName table, Contract contract) {
        return plan(environment, table, contract, Evolution.GROW);
    }

    /**
     * How rows of this contract go into the table, and what changes in it for that. Writes nothing.
     *
     * @throws io.leat.name.PipelineException E306 if the table's columns cannot become the contract's, E114 if the table is made of
     *     changes
     */
    public SchemaPlan plan(EnvironmentName environment, TableName table, Contract contract, Evolution evolution) {
        var planner = new SchemaPlanner(environment, table, contract, evolution);
        return tables.current(environment, table)
                .map(current -> {
                    FoldPlanner.requireNotFolded(current, table);
                    return planner.evolve(current.metadata());
                })
                .orElseGet(() -> planner.create(tables.location(environment, table), true));
    }

    /**
     * How changes with the columns of this contract go to those of which a table is made. The rows to be staged have the columns of
     * {@link Fold#columns()} besides.
     *
     * @param table the one that readers see
     * @throws io.leat.name.PipelineException E306 as {@link #plan}, E114 if the table is not made of changes
     */
    public SchemaPlan planChanges(
            EnvironmentName environment, TableName table, Contract contract, Evolution evolution) {
        tables.current(environment, table).ifPresent(there -> FoldPlanner.requireFolded(there, table));
        List<Column> own = new ArrayList<>(Fold.columns());
        own.addAll(Provenance.columns());
        var changes = Fold.changesOf(table);
        var planner = new SchemaPlanner(environment, changes, contract, evolution, own);
        return tables.current(environment, changes)
                .map(current -> planner.evolve(current.metadata()))
                .orElseGet(() -> planner.create(tables.location(environment, changes), true));
    }

    /**
     * Writes the rows of a query as data files into the table's folder, durable but not part of the table. The query has
     * the columns of the plan's contract and both of {@link Provenance}, in any order, of types that can be cast to the
     * table's without loss. An error in the query leaves nothing behind.
     *
     * @return the files, by window; none if there are no rows
     */
    public List<StagedFile> stage(DuckDb duckDb, SchemaPlan plan, String select, Layout layout) {
        try {
            return new Stager(duckDb, plan).stage(select, layout);
        } catch (PipelineException failure) {
            throw explained(failure);
        }
    }

    /** What a failure of a query over tables means: E404 or E408 if a file of theirs is the reason, else it is given back. */
    public PipelineException explained(PipelineException failure) {
        return tables.faults().explained(failure);
    }

    /** The same for rows of one pipeline, whatever the query says of it. */
    public List<StagedFile> stage(DuckDb duckDb, SchemaPlan plan, PipelineName pipeline, String select, Layout layout) {
        return new Stager(duckDb, plan, pipeline).stage(select, layout);
    }

    /**
     * The same for rows of a table that is not of the lake: the files lie in the environment's folder {@code staging}. They go
     * when they are {@link #discard}ed, or with the sweep when no record can publish them any more.
     *
     * @param own columns of Leat's behind those of the contract, besides those of {@link Provenance}
     */
    public List<StagedFile> stageApart(
            DuckDb duckDb,
            EnvironmentName environment,
            TableName table,
            Contract contract,
            List<Column> own,
            String select,
            Layout layout) {
        Path place = tables.staging(environment).resolve(table.schema()).resolve(table.name());
        List<Column> all = new ArrayList<>(own);
        all.addAll(Provenance.columns());
        var plan = new SchemaPlanner(environment, table, contract, Evolution.GROW, all).create(place.toString(), true);
        return stage(duckDb, plan, select, layout);
    }

    /** Removes files that were staged apart; others are left alone. What cannot be removed now is left to the sweep. */
    public void discard(EnvironmentName environment, Collection<StagedFile> files) {
        Path staging = tables.staging(environment);
        for (StagedFile file : files) {
            Path path = Path.of(file.path());
            if (path.startsWith(staging)) {
                try {
                    Files.deleteIfExists(path);
                } catch (IOException leftForTheSweep) {
                    continue;
                }
                FaultPoint.STAGE_FILE_DELETED.reached();
            }
        }
    }

    /** Whether the files are still there byte for byte; if not, the rows have to be staged again. */
    public boolean intact(List<StagedFile> files) {
        return Stager.damaged(files).isEmpty();
    }

    /**
     * Makes a group of loads visible in one transaction: the claims hold, the table's pointer moves, the ledger and the
     * records say so. Those whose claim was lost are left out.
     *
     * @throws io.leat.name.PipelineException E407 if rows have to be staged again because the table's columns changed
     *     meanwhile, E405 if it is unknown whether the commit took place and the store cannot be asked
     */
    public Published publish(DuckDb duckDb, SchemaPlan plan, List<SliceLoad> loads) {
        return published(
                plan,
                plan.table(),
                writer.write(
                        duckDb,
                        plan.environment(),
                        plan.table(),
                        lost -> TableChange.of(plan, plan.table(), held(loads, lost), Retirement.NONE)));
    }

    /**
     * The same for changes: the table that is made of them moves in the same transaction.
     *
     * @param plan of the changes
     * @param table the one that readers see, by whose name the ledger knows the loads
     */
    public Published publish(DuckDb duckDb, SchemaPlan plan, TableName table, Fold fold, List<SliceLoad> loads) {
        return published(
                plan,
                table,
                writer.write(
                        new FoldPlanner(tables, duckDb, layout, table, fold),
                        plan.environment(),
                        plan.table(),
                        lost -> TableChange.of(plan, table, held(loads, lost), Retirement.NONE)));
    }

    /**
     * The same, while other windows of the pipeline leave the table: all of it or nothing. If any claim was lost nothing is
     * published.
     */
    public Published replace(DuckDb duckDb, SchemaPlan plan, List<SliceLoad> loads, Retirement retired) {
        return published(
                plan,
                plan.table(),
                writer.write(
                        duckDb,
                        plan.environment(),
                        plan.table(),
                        lost -> TableChange.of(plan, plan.table(), lost.isEmpty() ? loads : List.of(), retired)));
    }

    /** The same for changes, as {@link #publish(DuckDb, SchemaPlan, TableName, Fold, List)}. */
    public Published replace(
            DuckDb duckDb, SchemaPlan plan, TableName table, Fold fold, List<SliceLoad> loads, Retirement retired) {
        return published(
                plan,
                table,
                writer.write(
                        new FoldPlanner(tables, duckDb, layout, table, fold),
                        plan.environment(),
                        plan.table(),
                        lost -> TableChange.of(plan, table, lost.isEmpty() ? loads : List.of(), retired)));
    }

    private Published published(SchemaPlan plan, TableName table, TableWriter.Written written) {
        String location = tables.current(plan.environment(), table)
                .map(LakeTable::metadataLocation)
                .orElse(null);
        return new Published(written.loads(), written.records(), written.lost(), location);
    }

    private static List<SliceLoad> held(List<SliceLoad> loads, Set<Long> lost) {
        return loads.stream().filter(load -> !lost.contains(load.record().id())).toList();
    }

    /** Stages refused rows: a query with the columns of {@link Rejects#CONTRACT}, of any pipelines and windows. */
    public List<StagedFile> stageRejects(DuckDb duckDb, EnvironmentName environment, String select) {
        String query = "SELECT *, CAST(pipeline AS VARCHAR) AS " + Provenance.PIPELINE
                + ", CAST(NULL AS TIMESTAMPTZ) AS " + Provenance.WINDOW + " FROM (" + select + "\n)";
        return stage(duckDb, rejectsPlan(environment), query, Layout.SINGLE);
    }

    /**
     * Makes staged rejects visible, before the rows of the same loads. Files that are visible already are passed over, so
     * that it can be done again after a crash.
     *
     * @param guards the records whose rejects they are
     * @return those of the records that were lost; rejects of a load that is never published count for nothing
     */
    public List<Record> publishRejects(
            DuckDb duckDb, EnvironmentName environment, List<StagedFile> files, List<Record> guards) {
        if (files.isEmpty()) {
            return List.of();
        }
        var plan = rejectsPlan(environment);
        return writer.write(
                        duckDb,
                        environment,
                        Rejects.TABLE,
                        lost -> TableChange.ofFiles(
                                plan,
                                files,
                                guards.stream()
                                        .filter(record -> !lost.contains(record.id()))
                                        .toList()))
                .lost();
    }

    private SchemaPlan rejectsPlan(EnvironmentName environment) {
        var planner = new SchemaPlanner(environment, Rejects.TABLE, Rejects.CONTRACT, Evolution.GROW);
        return tables.current(environment, Rejects.TABLE)
                .map(current -> planner.evolve(current.metadata()))
                .orElseGet(() -> planner.create(tables.location(environment, Rejects.TABLE), false));
    }

    /** A query of the rejects of these loads; others are of loads that were replaced or never published. */
    public String rejects(EnvironmentName environment, Collection<Load> loads) {
        String ids = Sql.literals(loads.stream()
                .filter(load -> load.rejected() > 0)
                .map(load -> load.loadId().value())
                .toList());
        String all = find(environment, Rejects.TABLE)
                .map(TableView::sql)
                .orElseGet(() -> Relation.of(
                        Rejects.CONTRACT.columns().stream()
                                .map(column -> new SchemaPlan.TableColumn(
                                        0, column.name(), column.type(), IcebergTypes.of(column.type(), () -> 0)))
                                .toList(),
                        List.of()));
        return "SELECT * FROM (" + all + ") WHERE " + (ids.isEmpty() ? "FALSE" : "load_id IN (" + ids + ")");
    }

    /** The table as it is now; E106 if there is none. */
    public TableView table(EnvironmentName environment, TableName table) {
        return TableView.of(tables.existing(environment, table));
    }

    /** The table as it is now; empty if there is none. */
    public Optional<TableView> find(EnvironmentName environment, TableName table) {
        return tables.current(environment, table).map(TableView::of);
    }

    /** The version of a table that this metadata file describes. */
    public TableView tableAt(String metadataLocation) {
        return TableView.of(tables.at(metadataLocation));
    }

    /** A query of the user's columns of the table as it is now. */
    public String relation(EnvironmentName environment, TableName table) {
        return table(environment, table).sql();
    }

    /** How many rows the slices of a pipeline have in the table, counted in the files that readers read. */
    public Map<Slice, Long> recount(
            DuckDb duckDb,
            EnvironmentName environment,
            TableName table,
            PipelineName pipeline,
            Collection<? extends Slice> slices) {
        var current = tables.current(environment, table);
        if (current.isEmpty()) {
            return slices.stream().distinct().collect(Collectors.toMap(slice -> slice, _ -> 0L));
        }
        try {
            return new SliceRows(duckDb, current.get()).count(pipeline, slices);
        } catch (PipelineException failure) {
            throw explained(failure);
        }
    }

    /** The sums of the slices' rows in the table, over these columns of the table. */
    public Map<Slice, Sums> sums(
            DuckDb duckDb,
            EnvironmentName environment,
            TableName table,
            PipelineName pipeline,
            Collection<? extends Slice> slices,
            List<String> columns,
            AuditLevel level) {
        var view = find(environment, table).map(TableView::withProvenance);
        Map<Optional<Instant>, Sums> found = new HashMap<>();
        if (view.isPresent()) {
            var windows =
                    slices.stream().flatMap(slice -> window(slice).stream()).toList();
            // rows without a window are in no window's view
            var rows = windows.size() == slices.size() ? view.get().within(windows) : view.get();
            String sql = """
                    SELECT epoch_us(_leat_window), %s
                    FROM (%s)
                    WHERE _leat_pipeline = %s
                    GROUP BY _leat_window""".formatted(
                    Sums.sql(view.get().contract().only(columns), level), rows.sql(), Sql.literal(pipeline.value()));
            try {
                duckDb.stream(sql, row -> {
                    long micros = row.getLong(1);
                    found.put(
                            row.wasNull() ? Optional.empty() : Optional.of(LakeFile.instant(micros)),
                            Sums.parse(String.valueOf(row.getString(2))));
                });
            } catch (PipelineException failure) {
                throw explained(failure);
            }
        }
        Map<Slice, Sums> answers = new LinkedHashMap<>();
        for (Slice slice : slices) {
            answers.put(slice, found.getOrDefault(window(slice).map(Window::start), new Sums(0, Map.of())));
        }
        return answers;
    }

    private static Optional<Window> window(Slice slice) {
        return slice instanceof Slice.OfWindow(Window window) ? Optional.of(window) : Optional.empty();
    }
}
