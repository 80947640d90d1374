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
 */
record Replacement(Set<LakeFile> removed, List<NewFile> copies) {

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
        shared.forEach((file, theirs) -> {
            String condition = theirs.stream().map(Replacement::condition).collect(Collectors.joining(" OR "));
            String rows = Relation.of(table.columns(), List.of(file.path()));
            long gone = duckDb.one("SELECT count(*) FROM (" + rows + ") WHERE " + condition, row -> row.getLong(1))
                    .orElseThrow();
            if (gone == 0) {
                return;
            }
            removed.add(file);
            copies.addAll(
                    new Stager(duckDb, whole).stageMixed("SELECT * FROM (" + rows + ") WHERE NOT (" + condition + ")"));
        });
        return new Replacement(removed, copies);
    }

    private static String condition(Provenances one) {
        String pipeline = Sql.identifier(Provenance.PIPELINE) + " = " + Sql.literal(one.pipeline());
        String window = Sql.identifier(Provenance.WINDOW)
                + (one.window() == null ? " IS NULL" : " = make_timestamptz(" + one.micros() + ")");
        return "coalesce(" + pipeline + " AND " + window + ", FALSE)";
    }
}
