package io.leat.lake;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Works out what a change means on top of the current version of its table. */
final class CommitPlanner {
    private final Tables tables;
    private final DuckDb duckDb;

    CommitPlanner(Tables tables, DuckDb duckDb) {
        this.tables = tables;
        this.duckDb = duckDb;
    }

    /** A commit, and the rows that leave the table with it. */
    record Planned(TableCommit commit, Replacement replacement) {}

    Planned plan(TableChange change, Optional<LakeTable> current) {
        var plan = renewed(change.plan(), current);
        requireFitting(change, plan);
        if (current.isEmpty()) {
            var commit = new TableCommit(
                    null, plan, TableCommit.Operation.WRITE, Set.of(), newFiles(change.added()), change.summary());
            return new Planned(commit, Replacement.NOTHING);
        }
        var table = current.get();
        var replacement = change.replaced().isEmpty()
                ? Replacement.NOTHING
                : Replacement.of(duckDb, table, table.whole(plan.environment(), plan.table()), change.replaced());
        Set<String> there = change.loads().isEmpty()
                ? table.files().stream().map(LakeFile::path).collect(Collectors.toSet())
                : Set.of();
        List<NewFile> added = new ArrayList<>(replacement.copies());
        added.addAll(newFiles(change.added().stream()
                .filter(file -> !there.contains(file.path()))
                .toList()));
        var commit = new TableCommit(
                table, plan, TableCommit.Operation.WRITE, replacement.removed(), added, change.summary());
        return new Planned(commit, replacement);
    }

    private SchemaPlan renewed(SchemaPlan plan, Optional<LakeTable> current) {
        var planner =
                new SchemaPlanner(plan.environment(), plan.table(), plan.contract(), plan.evolution(), plan.own());
        return current.isEmpty()
                ? planner.create(tables.location(plan.environment(), plan.table()), plan.partitioned())
                : planner.evolve(current.get().metadata());
    }

    private static void requireFitting(TableChange change, SchemaPlan plan) {
        boolean fits =
                change.added().stream().allMatch(file -> file.fingerprint().equals(plan.fingerprint()));
        if (!fits || !plan.fingerprint().equals(change.plan().fingerprint())) {
            throw new PipelineException(
                            ErrorCode.COMMIT_CONFLICT,
                            "the columns of " + plan.table() + " were changed after the rows were staged")
                    .withHint("the rows have to be staged again");
        }
    }

    private static List<NewFile> newFiles(List<StagedFile> files) {
        return files.stream().map(NewFile::of).toList();
    }
}
