package io.leat.run;

import io.leat.lake.DuckDb;
import io.leat.schema.Accounting;
import io.leat.schema.StepCounts;
import io.leat.source.RawRows;
import io.leat.step.Fate;
import io.leat.step.Program;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The accounting of judged rows, made of counts that SQL gives per window and file. */
final class FateCounts {

    /** How many rows of a window and file ended how; {@code step} is -1 for those that did not end. */
    private record Ended(Place place, Fate fate, int step, long rows) {}

    /** How many source rows of a window and file had which fate in the end. */
    private record Origin(Place place, Fate fate, long origins) {}

    private record Place(@Nullable Instant window, String file) {}

    private final Map<Place, Accounting> byPlace = new LinkedHashMap<>();
    private final List<String> files;
    private final List<String> steps;
    private final int unpivotStep;

    private FateCounts(List<String> files, Program program) {
        this.files = files;
        this.steps = program.stepNames();
        this.unpivotStep = program.unpivotStep();
    }

    static FateCounts of(DuckDb duckDb, String table, RawRows.Origins origins, Program program) {
        List<String> files = duckDb.query("SELECT name FROM " + origins.files(), row -> row.getString(1));
        var counts = new FateCounts(files, program);
        List<Ended> ended = duckDb.query(
                """
                SELECT CAST(epoch(_leat_window) AS BIGINT) AS w, f.name, _leat_fate, coalesce(_leat_step, -1), count(*)
                FROM %s AS j JOIN %s AS f ON j._leat_path = f.path
                GROUP BY ALL ORDER BY ALL""".formatted(table, origins.files()),
                row -> new Ended(
                        new Place(instant(row.getObject(1)), row.getString(2)),
                        Fate.values()[row.getInt(3)],
                        row.getInt(4),
                        row.getLong(5)));
        List<Origin> fates = program.unpivotStep() < 0
                ? ended.stream()
                        .map(rows -> new Origin(rows.place(), rows.fate(), rows.rows()))
                        .toList()
                : duckDb.query(
                        """
                        SELECT w, name, fate, count(*)
                        FROM (SELECT CAST(epoch(_leat_window) AS BIGINT) AS w, f.name,
                                     CASE WHEN bool_or(_leat_fate = 1) THEN 1 WHEN bool_or(_leat_fate = 0) THEN 0
                                          WHEN bool_or(_leat_fate = 3) THEN 3 ELSE 2 END AS fate
                              FROM %s AS j JOIN %s AS f ON j._leat_path = f.path
                              GROUP BY _leat_window, f.name, _leat_path, _leat_row)
                        GROUP BY ALL ORDER BY ALL""".formatted(table, origins.files()),
                        row -> new Origin(
                                new Place(instant(row.getObject(1)), row.getString(2)),
                                Fate.values()[row.getInt(3)],
                                row.getLong(4)));
        Map<Place, List<Ended>> endedByPlace = new LinkedHashMap<>();
        ended.forEach(rows -> endedByPlace
                .computeIfAbsent(rows.place(), place -> new ArrayList<>())
                .add(rows));
        Map<Place, List<Origin>> fatesByPlace = new LinkedHashMap<>();
        fates.forEach(origin -> fatesByPlace
                .computeIfAbsent(origin.place(), place -> new ArrayList<>())
                .add(origin));
        endedByPlace.forEach((place, rows) ->
                counts.byPlace.put(place, counts.accounting(rows, fatesByPlace.getOrDefault(place, List.of()))));
        return counts;
    }

    Accounting total() {
        return byPlace.values().stream().reduce(nothing(), Accounting::plus);
    }

    Map<Optional<Instant>, Accounting> byWindow() {
        Map<Optional<Instant>, Accounting> byWindow = new LinkedHashMap<>();
        byPlace.forEach(
                (place, counts) -> byWindow.merge(Optional.ofNullable(place.window()), counts, Accounting::plus));
        return byWindow;
    }

    Map<String, Accounting> byFile() {
        Map<String, Accounting> byFile = new LinkedHashMap<>();
        files.forEach(file -> byFile.put(file, nothing()));
        byPlace.forEach((place, counts) -> byFile.merge(place.file(), counts, Accounting::plus));
        return byFile;
    }

    private Accounting nothing() {
        return new Accounting(
                0,
                0,
                0,
                0,
                0,
                0,
                steps.stream().map(step -> StepCounts.unchanged(step, 0)).toList());
    }

    private Accounting accounting(List<Ended> ended, List<Origin> origins) {
        long read = origins.stream().mapToLong(Origin::origins).sum();
        long loaded = rows(ended, Fate.ALIVE, -1);
        long rejected = origins(origins, Fate.REJECTED);
        long filtered = origins(origins, Fate.FILTERED);
        long deduplicated = origins(origins, Fate.DEDUPLICATED);
        long expansion = loaded - origins(origins, Fate.ALIVE);
        long in = read;
        List<StepCounts> chain = new ArrayList<>();
        for (int number = 0; number < steps.size(); number++) {
            int step = number;
            long refused = rows(ended, Fate.REJECTED, step);
            long left = rows(ended, Fate.FILTERED, step);
            long merged = rows(ended, Fate.DEDUPLICATED, step);
            long added = 0;
            if (step == unpivotStep) {
                long out = loaded
                        + ended.stream()
                                .filter(rows -> rows.step() > step)
                                .mapToLong(Ended::rows)
                                .sum();
                added = out - in + refused + left + merged;
            }
            long out = in + added - refused - left - merged;
            chain.add(new StepCounts(steps.get(step), in, out, refused, left, merged, added));
            in = out;
        }
        return new Accounting(read, loaded, rejected, filtered, deduplicated, expansion, chain);
    }

    private static long rows(List<Ended> ended, Fate fate, int step) {
        return ended.stream()
                .filter(rows -> rows.fate() == fate && rows.step() == step)
                .mapToLong(Ended::rows)
                .sum();
    }

    private static long origins(List<Origin> origins, Fate fate) {
        return origins.stream()
                .filter(origin -> origin.fate() == fate)
                .mapToLong(Origin::origins)
                .sum();
    }

    private static @Nullable Instant instant(@Nullable Object seconds) {
        return seconds == null ? null : Instant.ofEpochSecond(((Number) seconds).longValue());
    }
}
