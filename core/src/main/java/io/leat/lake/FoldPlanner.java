package io.leat.lake;

import io.leat.lake.SchemaPlan.TableColumn;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.TableName;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.Fold;
import io.leat.schema.Provenance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Works out what a change of a table's changes means for the table that is made of them: the rows of the keys that are touched, and
 * with them the files in which such rows lie. Both tables bear the same version if the one is made of the other; where they do not, or
 * where it was made in another way, it is made anew of all changes.
 */
final class FoldPlanner {
    /** Property of a folded table: how it is made of its changes. */
    static final String FOLD = "leat.fold";

    /** Property of both tables: another one with each commit that changes a visible row. */
    static final String VERSION = "leat.fold-version";

    private final Tables tables;
    private final DuckDb duckDb;
    private final FoldLayout layout;
    private final TableName table;
    private final Fold fold;

    FoldPlanner(Tables tables, DuckDb duckDb, FoldLayout layout, TableName table, Fold fold) {
        this.tables = tables;
        this.duckDb = duckDb;
        this.layout = layout;
        this.table = table;
        this.fold = fold;
    }

    /** @throws PipelineException E114 if the rows of the table were loaded in another way than by changes */
    static void requireFolded(LakeTable visible, TableName table) {
        if (visible.property(FOLD).isEmpty()) {
            throw otherWay(table, "was filled without its changes being kept, and cannot be merged into");
        }
    }

    /** @throws PipelineException E114 if the rows of the table are made of changes, or are changes */
    static void requireNotFolded(LakeTable plain, TableName table) {
        if (plain.property(FOLD).isPresent()) {
            throw otherWay(
                    table, "is made of the changes in " + Fold.changesOf(table) + ", and can only be merged into");
        }
        if (plain.property(VERSION).isPresent()) {
            throw otherWay(table, "holds the changes of another table");
        }
    }

    private static PipelineException otherWay(TableName table, String what) {
        return new PipelineException(ErrorCode.UNSUPPORTED, "the table " + table + " " + what)
                .withHint("give the target another table, or write as the table was written before");
    }

    /** The commits of both tables, on top of what they are now. */
    List<CommitPart> plan(TableChange change) {
        var environment = change.plan().environment();
        var changes = tables.current(environment, change.plan().table());
        var visible = tables.current(environment, table);
        visible.ifPresent(there -> requireFolded(there, table));
        var planned = new CommitPlanner(tables, duckDb).plan(change, changes);
        List<TableColumn> columns = columnsAfter(planned.commit());
        var contract = contract(planned.commit().plan(), columns);
        boolean anew = visible.isEmpty()
                || changes.isEmpty()
                || !visible.get().property(FOLD).equals(Optional.of(fold.json()))
                || !visible.get().property(VERSION).equals(changes.get().property(VERSION));
        var plan = visiblePlan(change, contract, visible, anew);
        TableCommit commit;
        try (var rows = new FoldedRows(duckDb, fold, contract, plan.columns())) {
            commit = anew
                    ? refoldAll(rows, plan, planned.commit(), columns, visible)
                    : refold(rows, plan, planned, change, columns, visible.orElseThrow());
        }
        if (!anew && commit.changesNothing()) {
            return List.of(CommitPart.of(change.plan().table(), planned.commit()));
        }
        Map<String, String> version = Map.of(VERSION, UUID.randomUUID().toString());
        Map<String, String> both = new HashMap<>(version);
        both.put(FOLD, fold.json());
        return List.of(
                CommitPart.of(change.plan().table(), planned.commit().with(version)),
                CommitPart.of(table, commit.with(both)));
    }

    private SchemaPlan visiblePlan(TableChange change, Contract contract, Optional<LakeTable> visible, boolean anew) {
        var environment = change.plan().environment();
        var asked = change.plan().evolution();
        var evolution = anew ? new Evolution(asked.renames(), Evolution.Others.DROP) : asked;
        var planner = new SchemaPlanner(environment, table, fold.output(contract), evolution);
        return visible.map(there -> planner.evolve(there.metadata()))
                .orElseGet(() -> planner.create(tables.location(environment, table), false));
    }

    private TableCommit refoldAll(
            FoldedRows rows,
            SchemaPlan plan,
            TableCommit changes,
            List<TableColumn> columns,
            Optional<LakeTable> visible) {
        rows.refoldAll(Relation.of(columns, filesAfter(changes)));
        List<LakeFile> removed = visible.map(LakeTable::files).orElse(List.of());
        return commit(rows, plan, visible, removed, bytesPerRow(changes.added()), changes.summary());
    }

    private TableCommit refold(
            FoldedRows rows,
            SchemaPlan plan,
            CommitPlanner.Planned planned,
            TableChange change,
            List<TableColumn> columns,
            LakeTable visible) {
        List<String> touched = new ArrayList<>(planned.replacement().leaving(columns));
        if (!change.added().isEmpty()) {
            touched.add(Relation.of(
                    columns, change.added().stream().map(StagedFile::path).toList()));
        }
        var summary = change.summary();
        var now = visible.files().stream().map(LakeFile::path).toList();
        boolean differs = !touched.isEmpty()
                && rows.refold(
                        touched,
                        Relation.of(columns, filesAfter(planned.commit())),
                        Relation.withFile(plan.columns(), now));
        if (!differs) {
            return new TableCommit(visible, plan, TableCommit.Operation.WRITE, List.of(), List.of(), summary);
        }
        Set<String> held = rows.files();
        List<LakeFile> replaced = visible.files().stream()
                .filter(file -> held.contains(file.path()))
                .toList();
        List<LakeFile> small = visible.files().stream()
                .filter(file -> !held.contains(file.path()) && layout.isSmall(file))
                .toList();
        List<LakeFile> joined = small.size() < layout.fewestSmall() ? List.of() : small;
        List<LakeFile> removed =
                Stream.concat(replaced.stream(), joined.stream()).toList();
        rows.arrange(
                replaced.stream().map(LakeFile::path).toList(),
                joined.stream().map(LakeFile::path).toList(),
                Relation.withFile(
                        plan.columns(), removed.stream().map(LakeFile::path).toList()));
        long bytesPerRow = removed.isEmpty()
                ? bytesPerRow(planned.commit().added())
                : removed.stream().mapToLong(LakeFile::bytes).sum()
                        / Math.max(1, removed.stream().mapToLong(LakeFile::rows).sum());
        return commit(rows, plan, Optional.of(visible), removed, bytesPerRow, summary);
    }

    private TableCommit commit(
            FoldedRows rows,
            SchemaPlan plan,
            Optional<LakeTable> visible,
            List<LakeFile> removed,
            long bytesPerRow,
            Map<String, String> summary) {
        List<NewFile> added = new Stager(duckDb, plan).stageParts(rows.parts(layout.rowsOf(bytesPerRow)));
        return new TableCommit(visible.orElse(null), plan, TableCommit.Operation.WRITE, removed, added, summary);
    }

    /** How the rows of a table are made of its changes; empty if they are not. */
    static Optional<Fold> foldOf(LakeTable table) {
        return table.property(FOLD).map(Fold::parse);
    }

    private static long bytesPerRow(List<NewFile> files) {
        long bytes = files.stream().mapToLong(file -> file.file().bytes()).sum();
        return bytes
                / Math.max(
                        1, files.stream().mapToLong(file -> file.file().rows()).sum());
    }

    private static List<String> filesAfter(TableCommit commit) {
        Set<String> files = new LinkedHashSet<>();
        LakeTable base = commit.base();
        if (base != null) {
            base.files().forEach(file -> files.add(file.path()));
        }
        commit.removed().forEach(file -> files.remove(file.path()));
        commit.added().forEach(file -> files.add(file.file().path()));
        return List.copyOf(files);
    }

    /** All columns of a table with a commit, also those that its rows do not bring. */
    private static List<TableColumn> columnsAfter(TableCommit commit) {
        Map<Integer, TableColumn> known = new HashMap<>();
        LakeTable base = commit.base();
        if (base != null) {
            base.columns().forEach(column -> known.put(column.id(), column));
        }
        commit.plan().columns().forEach(column -> known.put(column.id(), column));
        return commit.plan().schema().columns().stream()
                .map(field -> Objects.requireNonNull(known.get(field.fieldId()), field.name()))
                .toList();
    }

    private static Contract contract(SchemaPlan plan, List<TableColumn> columns) {
        return new Contract(columns.stream()
                .filter(column -> !Provenance.isReserved(column.name()))
                .map(column -> new Column(
                        column.name(),
                        column.type(),
                        false,
                        plan.schema().findField(column.id()).doc()))
                .toList());
    }
}
