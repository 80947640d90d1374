package io.leat.lake;

import io.leat.lake.LakeFile.Provenances;
import io.leat.name.PipelineName;
import io.leat.name.Sql;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts the rows of slices in the files that readers read: by the footers of files whose rows are all of one slice, and row by
 * row in those that several share.
 */
final class SliceRows {
    private final DuckDb duckDb;
    private final LakeTable table;

    SliceRows(DuckDb duckDb, LakeTable table) {
        this.duckDb = duckDb;
        this.table = table;
    }

    /** How many rows each of the slices of a pipeline has. */
    Map<Slice, Long> count(PipelineName pipeline, Collection<? extends Slice> slices) {
        Map<Slice, List<LakeFile>> own = new LinkedHashMap<>();
        Set<LakeFile> shared = new LinkedHashSet<>();
        for (Slice slice : slices) {
            var wanted = new Provenances(pipeline.value(), window(slice).orElse(null));
            own.put(slice, table.filesOfOnly(wanted));
            table.mixedFiles().stream().filter(file -> file.mayHold(wanted)).forEach(shared::add);
        }
        Map<String, Long> footers =
                footers(own.values().stream().flatMap(List::stream).toList());
        Map<Optional<Instant>, Long> inShared = inShared(pipeline, List.copyOf(shared));
        Map<Slice, Long> counts = new LinkedHashMap<>();
        own.forEach((slice, files) -> counts.put(
                slice,
                inShared.getOrDefault(window(slice), 0L)
                        + files.stream()
                                .mapToLong(file -> footers.getOrDefault(path(file), 0L))
                                .sum()));
        return counts;
    }

    private Map<String, Long> footers(List<LakeFile> files) {
        Map<String, Long> rows = new HashMap<>();
        if (!files.isEmpty()) {
            String paths = Sql.literals(files.stream().map(SliceRows::path).toList());
            duckDb.stream(
                    "SELECT file_name, num_rows FROM parquet_file_metadata([" + paths + "])",
                    row -> rows.put(row.getString(1), row.getLong(2)));
        }
        return rows;
    }

    private Map<Optional<Instant>, Long> inShared(PipelineName pipeline, List<LakeFile> files) {
        Map<Optional<Instant>, Long> rows = new HashMap<>();
        if (!files.isEmpty()) {
            String relation = Relation.of(
                    table.columns(), files.stream().map(SliceRows::path).toList());
            duckDb.stream("""
                    SELECT epoch_us(_leat_window), count(*) FROM (%s)
                    WHERE _leat_pipeline = %s
                    GROUP BY _leat_window""".formatted(relation, Sql.literal(pipeline.value())), row -> {
                long micros = row.getLong(1);
                Optional<Instant> window = row.wasNull() ? Optional.empty() : Optional.of(LakeFile.instant(micros));
                rows.put(window, row.getLong(2));
            });
        }
        return rows;
    }

    private static String path(LakeFile file) {
        return LocalFileIO.path(file.path()).toString();
    }

    private static Optional<Instant> window(Slice slice) {
        return slice instanceof Slice.OfWindow(Window window) ? Optional.of(window.start()) : Optional.empty();
    }
}
