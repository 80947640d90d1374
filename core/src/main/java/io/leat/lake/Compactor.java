package io.leat.lake;

import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.TableName;
import io.leat.schema.Fold;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Joins the small files of each day, and those of folded tables in the order of their keys. Every joined file is compared with what it is made of before it is committed; whoever
 * changes one of the parts meanwhile wins, and the joined file is left to the sweep.
 */
final class Compactor {
    private static final long MOST_BYTES_TOGETHER = 128L << 20;

    private final Tables tables;
    private final TableWriter writer;
    private final DuckDb duckDb;
    private final Upkeep upkeep;
    private final FoldLayout layout;

    Compactor(Tables tables, TableWriter writer, DuckDb duckDb, Upkeep upkeep, FoldLayout layout) {
        this.tables = tables;
        this.writer = writer;
        this.duckDb = duckDb;
        this.upkeep = upkeep;
        this.layout = layout;
    }

    /** How many files were joined into how many. */
    record Joined(int files, int into) {}

    Joined compact(EnvironmentName environment, TableName name) {
        var table = tables.existing(environment, name);
        var fold = FoldPlanner.foldOf(table);
        int files = 0;
        int into = 0;
        for (List<LakeFile> group : fold.isPresent() ? small(table) : groups(table)) {
            var whole = table.whole(environment, name);
            String parts = Relation.of(
                    whole.columns(), group.stream().map(LakeFile::path).toList());
            var joined = fold.isPresent()
                    ? inOrder(fold.get(), table, whole, group, parts)
                    : new Stager(duckDb, whole).stageMixed("SELECT * FROM (" + parts + ")");
            requireEqual(name, parts, whole, joined);
            if (replaced(environment, name, group, joined)) {
                files += group.size();
                into += joined.size();
            }
        }
        return new Joined(files, into);
    }

    private List<List<LakeFile>> small(LakeTable table) {
        List<LakeFile> small = table.files().stream().filter(layout::isSmall).toList();
        return small.size() < upkeep.fewestFiles() ? List.of() : List.of(small);
    }

    private List<NewFile> inOrder(Fold fold, LakeTable table, SchemaPlan whole, List<LakeFile> files, String rows) {
        long bytes = files.stream().mapToLong(LakeFile::bytes).sum();
        long many = files.stream().mapToLong(LakeFile::rows).sum();
        try (var folded = new FoldedRows(duckDb, fold, table.contract(), whole.columns())) {
            folded.arrangeAll(rows);
            return new Stager(duckDb, whole).stageParts(folded.parts(layout.rowsOf(bytes / Math.max(1, many))));
        }
    }

    private List<List<LakeFile>> groups(LakeTable table) {
        Map<String, List<LakeFile>> days = new LinkedHashMap<>();
        for (LakeFile file : table.files()) {
            if (file.bytes() < upkeep.smallBytes()
                    && file.specId() == table.metadata().defaultSpecId()) {
                days.computeIfAbsent(String.valueOf(file.partition()), _ -> new ArrayList<>())
                        .add(file);
            }
        }
        List<List<LakeFile>> groups = new ArrayList<>();
        for (List<LakeFile> day : days.values()) {
            List<LakeFile> group = new ArrayList<>();
            long bytes = 0;
            for (LakeFile file : day) {
                if (bytes + file.bytes() > MOST_BYTES_TOGETHER) {
                    groups.add(group);
                    group = new ArrayList<>();
                    bytes = 0;
                }
                group.add(file);
                bytes += file.bytes();
            }
            groups.add(group);
        }
        groups.removeIf(group -> group.size() < upkeep.fewestFiles());
        return groups;
    }

    private void requireEqual(TableName name, String parts, SchemaPlan whole, List<NewFile> joined) {
        String together = Relation.of(
                whole.columns(), joined.stream().map(file -> file.file().path()).toList());
        if (!content(parts).equals(content(together))) {
            throw new PipelineException(
                    ErrorCode.INTEGRITY, "joined files of " + name + " do not hold the rows that they were made of");
        }
    }

    private String content(String rows) {
        return duckDb.one(
                        "SELECT count(*) || ' ' || coalesce(sum(CAST(hash(r) AS HUGEINT)), 0) FROM (" + rows + ") AS r",
                        row -> row.getString(1))
                .orElseThrow();
    }

    private boolean replaced(EnvironmentName environment, TableName name, List<LakeFile> group, List<NewFile> joined) {
        boolean[] stillThere = {false};
        writer.maintain(environment, name, current -> {
            Set<LakeFile> there = new HashSet<>(current.files());
            stillThere[0] = there.containsAll(group);
            return new TableCommit(
                    current,
                    current.whole(environment, name),
                    TableCommit.Operation.REWRITE,
                    stillThere[0] ? group : List.of(),
                    stillThere[0] ? joined : List.of(),
                    Map.of("leat.maintenance", "compact"));
        });
        return stillThere[0];
    }
}
