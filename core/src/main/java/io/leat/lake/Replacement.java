package io.leat.lake;

import io.leat.lake.LakeFile.Provenances;
import io.leat.name.Sql;
import io.leat.schema.Provenance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which files leave a table so that the rows of some provenances are gone, and which take their place: files with no other
 * rows leave whole; of the rest, whatever is not replaced is copied.
 *
 * @param whole files that leave with all their rows
 * @param shared files of which some rows leave, and which these are
 * @param copies the other rows of those
 */
record Replacement(Set<LakeFile> whole, Map<LakeFile, String> shared, List<NewFile> copies) {

    static final Replacement NOTHING = new Replacement(Set.of(), Map.of(), List.of());

    static Replacement of(DuckDb duckDb, LakeTable table, SchemaPlan whole, Collection<Provenances> replaced) {
        Set<LakeFile> removed = new LinkedHashSet<>();
        Map<LakeFile, List<Provenances>> shared = new LinkedHashMap<>();
        for (Provenances one : replaced) {
            removed.addAll(table.filesOfOnly(one));
            for (LakeFile file : table.mixedFiles()) {
                if (file.mayHold(one)) {
                    shared.computeIfAbsent(file, _ -> new ArrayList<>()).add(one);
                }
            }
        }
        List<NewFile> copies = new ArrayList<>();
        Map<LakeFile, String> partly = new LinkedHashMap<>();
        shared.forEach((file, theirs) -> {
            String condition = theirs.stream().map(Replacement::condition).collect(Collectors.joining(" OR "));
            String rows = Relation.of(table.columns(), List.of(file.path()));
            long gone = duckDb.one("SELECT count(*) FROM (" + rows + ") WHERE " + condition, row -> row.getLong(1))
                    .orElseThrow();
            if (gone == 0) {
                return;
            }
            partly.put(file, condition);
            copies.addAll(
                    new Stager(duckDb, whole).stageMixed("SELECT * FROM (" + rows + ") WHERE NOT (" + condition + ")"));
        });
        return new Replacement(removed, partly, copies);
    }

    /** All files that leave the table. */
    Set<LakeFile> removed() {
        Set<LakeFile> removed = new LinkedHashSet<>(whole);
        removed.addAll(shared.keySet());
        return removed;
    }

    /** Queries of the rows that leave the table; none if it keeps all. */
    List<String> leaving(List<SchemaPlan.TableColumn> columns) {
        List<String> queries = new ArrayList<>();
        if (!whole.isEmpty()) {
            queries.add(Relation.of(columns, whole.stream().map(LakeFile::path).toList()));
        }
        shared.forEach((file, condition) ->
                queries.add("SELECT * FROM (" + Relation.of(columns, List.of(file.path())) + ") WHERE " + condition));
        return queries;
    }

    private static String condition(Provenances one) {
        String pipeline = Sql.identifier(Provenance.PIPELINE) + " = " + Sql.literal(one.pipeline());
        String window = Sql.identifier(Provenance.WINDOW)
                + (one.window() == null ? " IS NULL" : " = make_timestamptz(" + one.micros() + ")");
        return "coalesce(" + pipeline + " AND " + window + ", FALSE)";
    }
}
