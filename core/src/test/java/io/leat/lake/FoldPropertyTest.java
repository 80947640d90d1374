package io.leat.lake;

import static io.leat.lake.LakeFixture.DEV;
import static io.leat.lake.LakeFixture.TRIPS;
import static io.leat.lake.LakeFixture.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.leat.lake.FoldedTable.Hour;
import io.leat.lake.FoldedTable.Said;
import io.leat.name.PipelineName;
import io.leat.schema.Fold;
import io.leat.time.Seeded;
import io.leat.time.Slice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is loaded, in whatever order, the table is what a naive fold makes of the changes that are there. */
class FoldPropertyTest {
    /** Of each fold in a build; each is a dozen commits. */
    private static final int SAMPLES = 2;

    private static final List<PipelineName> PIPELINES = List.of(new PipelineName("p"), new PipelineName("q"));
    private static final Upkeep JOIN_ALL = new Upkeep(Duration.ofDays(1), 1, Duration.ZERO, 1L << 30, 2);

    @TempDir
    Path folder;

    @Test
    void aMergedTableIsTheNewestChangeOfEachKeyAfterEveryCommit() {
        property(FoldedTable.MERGE);
    }

    @Test
    void aHistoryHasTheVersionsOfEachKeyAfterEveryCommit() {
        property(FoldedTable.HISTORY);
    }

    private void property(Fold fold) {
        Seeded.check(SAMPLES, random -> {
            Path place = folder.resolve(fold.kind() + "-" + random.nextLong());
            try (var fixture = LakeFixture.in(place, new FoldLayout(4, 1 << 20, 3))) {
                var table = new FoldedTable(fixture, fold);
                List<Hour> filled = new ArrayList<>();
                for (int commit = 0; commit < 12; commit++) {
                    Map<Hour, List<Said>> hours = hours(random);
                    List<Hour> leaving = leaving(random, filled, hours);
                    table.load(hours, leaving);
                    filled.removeAll(leaving);
                    hours.keySet().stream()
                            .filter(hour -> !filled.contains(hour))
                            .forEach(filled::add);
                    if (random.nextInt(4) == 0) {
                        fixture.lake.keeper().maintain(fixture.duckDb, DEV, JOIN_ALL);
                    }
                    assertThat(table.rows()).as("after commit %d", commit).isEqualTo(table.expected());
                    requireLedger(fixture, table);
                }
            }
        });
    }

    /** One to four hours of the two pipelines, empty ones too. */
    private static Map<Hour, List<Said>> hours(RandomGenerator random) {
        Map<Hour, List<Said>> hours = new HashMap<>();
        int many = random.nextInt(1, 5);
        for (int i = 0; i < many; i++) {
            List<Said> said = new ArrayList<>();
            int rows = random.nextInt(10);
            for (int j = 0; j < rows; j++) {
                said.add(new Said(
                        "k" + random.nextInt(25),
                        random.nextInt(10) == 0 ? null : (long) random.nextInt(8),
                        random.nextInt(5) == 0,
                        "c" + random.nextInt(3)));
            }
            hours.put(new Hour(PIPELINES.get(random.nextInt(2)), random.nextInt(8)), said);
        }
        return hours;
    }

    private static List<Hour> leaving(RandomGenerator random, List<Hour> filled, Map<Hour, List<Said>> coming) {
        if (random.nextInt(3) > 0) {
            return List.of();
        }
        return filled.stream()
                .filter(hour -> !coming.containsKey(hour) && random.nextInt(3) == 0)
                .toList();
    }

    private static void requireLedger(LakeFixture fixture, FoldedTable table) {
        Map<PipelineName, Map<Slice, Long>> sizes = new HashMap<>();
        table.sizes()
                .forEach((hour, rows) -> sizes.computeIfAbsent(hour.pipeline(), none -> new HashMap<>())
                        .put(slice(hour.n()), (long) rows));
        sizes.forEach((pipeline, slices) -> assertThat(fixture.lake.recount(
                        fixture.duckDb, DEV, Fold.changesOf(TRIPS), pipeline, List.copyOf(slices.keySet())))
                .as("changes of %s", pipeline)
                .isEqualTo(slices));
    }
}
