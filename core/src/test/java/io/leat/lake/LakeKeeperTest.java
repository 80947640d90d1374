package io.leat.lake;

import static io.leat.lake.LakeFixture.CONTRACT;
import static io.leat.lake.LakeFixture.DEV;
import static io.leat.lake.LakeFixture.PIPELINE;
import static io.leat.lake.LakeFixture.TRIPS;
import static io.leat.lake.LakeFixture.range;
import static io.leat.lake.LakeFixture.rows;
import static io.leat.lake.LakeFixture.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.name.PipelineException;
import io.leat.name.PipelineName;
import io.leat.state.SqliteState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeKeeperTest {
    private static final PipelineName OTHER = new PipelineName("other");
    /** Everything at once, however young. */
    private static final Upkeep ALL_NOW = new Upkeep(Duration.ZERO, 1, Duration.ZERO, 1 << 20, 2);

    private static final Upkeep ONLY_JOIN = new Upkeep(Duration.ofDays(1), 100, Duration.ofDays(1), 1 << 20, 2);

    @TempDir
    Path folder;

    private LakeFixture fixture;

    @BeforeEach
    void open() {
        fixture = LakeFixture.in(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void joinsSmallFilesOfADayWithoutChangingARow() {
        IntStream.range(0, 5).forEach(n -> fixture.published(n, n * 10, n * 10 + 10));
        fixture.published(OTHER, 2, 100, 110);
        fixture.published(30, 200, 210);
        var report = fixture.lake.keeper().maintain(fixture.duckDb, DEV, ONLY_JOIN);
        assertThat(report.tables()).singleElement().satisfies(table -> {
            assertThat(table.joinedFiles()).isEqualTo(6);
            assertThat(table.intoFiles()).isEqualTo(1);
        });
        assertThat(fixture.lake.table(DEV, TRIPS).files()).hasSize(2);
        assertThat(fixture.ids()).isEqualTo(concat(range(0, 50), range(100, 110), range(200, 210)));
        assertThat(fixture.lake.recount(fixture.duckDb, DEV, TRIPS, PIPELINE, List.of(slice(2), slice(30))))
                .isEqualTo(Map.of(slice(2), 10L, slice(30), 10L));
        assertThat(fixture.lake
                        .table(DEV, TRIPS)
                        .within(List.of(LakeFixture.hour(30)))
                        .files())
                .hasSize(1);
    }

    @Test
    void replacesOneSliceOfAJoinedFileAndKeepsTheOthers() {
        IntStream.range(0, 5).forEach(n -> fixture.published(n, n * 10, n * 10 + 10));
        fixture.published(OTHER, 2, 100, 110);
        fixture.lake.keeper().maintain(fixture.duckDb, DEV, ONLY_JOIN);
        fixture.published(2, 500, 505);
        assertThat(fixture.ids()).isEqualTo(concat(range(0, 20), range(30, 50), range(100, 110), range(500, 505)));
        fixture.published(2, 0, 0);
        fixture.published(OTHER, 2, 0, 0);
        assertThat(fixture.ids()).isEqualTo(concat(range(0, 20), range(30, 50)));
        // a slice that has no rows in the joined file leaves it alone
        var before = fixture.lake.table(DEV, TRIPS).files();
        fixture.published(2, 600, 601);
        assertThat(fixture.lake.table(DEV, TRIPS).files())
                .hasSize(before.size() + 1)
                .containsAll(before);
    }

    @Test
    void deletesWhatNothingRefersToAndNothingElse() throws IOException {
        IntStream.range(0, 4).forEach(n -> fixture.published(n, n * 10, n * 10 + 10));
        IntStream.range(0, 4).forEach(n -> fixture.published(n, n * 10, n * 10 + 10));
        var plan = fixture.lake.plan(DEV, TRIPS, CONTRACT);
        var orphan = fixture.lake.stage(fixture.duckDb, plan, rows(PIPELINE, 9, 0, 5), Layout.SINGLE);
        long before = files();
        assertThat(fixture.lake
                        .keeper()
                        .maintain(fixture.duckDb, DEV, new Upkeep(Duration.ofDays(1), 1, Duration.ZERO, 0, 2))
                        .deletedFiles())
                .isZero();
        var report = fixture.lake.keeper().maintain(fixture.duckDb, DEV, ALL_NOW);
        assertThat(report.deletedFiles()).isPositive();
        assertThat(Path.of(orphan.getFirst().path())).doesNotExist();
        assertThat(files()).isLessThan(before);
        assertThat(fixture.ids()).isEqualTo(range(0, 40));
        fixture.published(0, 0, 10);
        assertThat(fixture.ids()).isEqualTo(range(0, 40));
    }

    @Test
    void keepsFilesThatARecordMayStillPublish() {
        fixture.published(0, 0, 10);
        var plan = fixture.lake.plan(DEV, TRIPS, CONTRACT);
        var record = fixture.claimed(1);
        var files = fixture.lake.stage(fixture.duckDb, plan, rows(PIPELINE, 1, 10, 20), Layout.SINGLE);
        var load = fixture.load(record, WriteMode.REPLACE, files);
        fixture.lake.keeper().maintain(fixture.duckDb, DEV, ALL_NOW);
        assertThat(fixture.lake.intact(files)).isTrue();
        fixture.lake.publish(fixture.duckDb, plan, List.of(load));
        fixture.lake.keeper().maintain(fixture.duckDb, DEV, ALL_NOW);
        assertThat(fixture.ids()).isEqualTo(range(0, 20));
    }

    @Test
    void neverLosesARowWhateverIsDoneInWhateverOrder() {
        long seed = Long.getLong("leat.seed", System.nanoTime());
        var random = new Random(seed);
        Map<Integer, List<Long>> expected = new TreeMap<>();
        for (int step = 0; step < 40; step++) {
            int hour = random.nextInt(6) * (random.nextBoolean() ? 1 : 10);
            switch (random.nextInt(6)) {
                case 0 -> fixture.lake.keeper().maintain(fixture.duckDb, DEV, ALL_NOW);
                case 1 -> fixture.lake.keeper().maintain(fixture.duckDb, DEV, ONLY_JOIN);
                case 2 -> {
                    var plan = fixture.lake.plan(DEV, TRIPS, CONTRACT);
                    fixture.lake.stage(fixture.duckDb, plan, rows(PIPELINE, hour, 0, 5), Layout.SINGLE);
                }
                default -> {
                    int from = step * 100;
                    int to = from + random.nextInt(5);
                    fixture.published(hour, from, to);
                    expected.put(hour, range(from, to));
                }
            }
            if (fixture.lake.find(DEV, TRIPS).isPresent()) {
                assertThat(fixture.ids())
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(expected.values().stream()
                                .flatMap(List::stream)
                                .sorted()
                                .toList());
            }
        }
    }

    @Test
    void leavesFoldersOfUnknownTablesAloneUnlessTheyWereDropped() {
        fixture.published(0, 0, 10);
        var files = fixture.lake.table(DEV, TRIPS).files();
        fixture.lake.keeper().drop(DEV, TRIPS);
        assertThat(fixture.lake.find(DEV, TRIPS)).isEmpty();
        fixture.lake.keeper().maintain(fixture.duckDb, DEV, Upkeep.DEFAULT);
        assertThat(files).allSatisfy(file -> assertThat(file).exists());
        fixture.lake.keeper().maintain(fixture.duckDb, DEV, ALL_NOW);
        assertThat(files).allSatisfy(file -> assertThat(file).doesNotExist());
        fixture.published(0, 0, 10);
        assertThat(fixture.ids()).isEqualTo(range(0, 10));
    }

    @Test
    void recoversTheTablesWhenTheStateStoreIsLost() {
        fixture.published(0, 0, 10);
        fixture.published(1, 10, 20);
        fixture.state.close();
        try (var state = SqliteState.open(folder.resolve("new.db"))) {
            var lake = Lake.adopt(folder.resolve("root"), state);
            assertThat(lake.keeper().maintain(fixture.duckDb, DEV, ALL_NOW).unknownFolders())
                    .hasSize(1); // what the catalog does not know is only reported
            assertThat(lake.keeper().recover()).containsExactly(new LakeKeeper.Restored(DEV, TRIPS, null));
            assertThat(lake.keeper().recover()).isEmpty();
            assertThat(fixture.duckDb.one(
                            "SELECT count(*) FROM (" + lake.relation(DEV, TRIPS) + ")", row -> row.getLong(1)))
                    .contains(20L);
        }
        fixture = LakeFixture.with(folder, SqliteState.open(folder.resolve("new.db")));
        fixture.published(1, 10, 21);
        assertThat(fixture.ids()).isEqualTo(range(0, 21));
    }

    @Test
    void readsTablesAtTheirNewPlaceAfterTheFolderWasMoved() throws IOException {
        fixture.published(0, 0, 10);
        fixture.published(1, 10, 20);
        fixture.published(1, 10, 21);
        fixture.close();
        Files.createDirectories(folder.resolve("elsewhere"));
        Files.move(folder.resolve("root"), folder.resolve("elsewhere/root"));
        Files.move(folder.resolve("state.db"), folder.resolve("elsewhere/state.db"));
        fixture = LakeFixture.in(folder.resolve("elsewhere"));
        assertThat(fixture.lake.keeper().relocate(DEV)).containsExactly(new LakeKeeper.Restored(DEV, TRIPS, null));
        assertThat(fixture.lake.keeper().relocate(DEV)).isEmpty();
        assertThat(fixture.ids()).isEqualTo(range(0, 21));
        fixture.published(0, 100, 105);
        fixture.lake.keeper().maintain(fixture.duckDb, DEV, ALL_NOW);
        assertThat(fixture.ids()).isEqualTo(concat(range(10, 21), range(100, 105)));
        assertThat(fixture.lake.table(DEV, TRIPS).files())
                .allSatisfy(file -> assertThat(file).startsWith(folder.resolve("elsewhere")));
    }

    @Test
    void aCopyNeitherReadsNorWritesTheTablesThatItWasCopiedFrom() throws IOException {
        fixture.published(0, 0, 10);
        fixture.close();
        copy(folder.resolve("root"), folder.resolve("copy/root"));
        Files.copy(folder.resolve("state.db"), folder.resolve("copy/state.db"));
        long before = files();
        try (var copied = LakeFixture.in(folder.resolve("copy"))) {
            for (ThrowingCallable use : List.<ThrowingCallable>of(
                    copied::ids,
                    () -> copied.published(0, 0, 11),
                    () -> copied.lake.keeper().maintain(copied.duckDb, DEV, ALL_NOW))) {
                assertThatThrownBy(use)
                        .isInstanceOf(PipelineException.class)
                        .hasMessageContaining(folder.resolve("root/dev/lake/bronze/trips") + ", not in")
                        .satisfies(failure -> assertThat(((PipelineException) failure).hint())
                                .hasValueSatisfying(hint -> assertThat(hint).contains("leat lake relocate")));
            }
            assertThat(copied.lake.keeper().relocate(DEV)).hasSize(1);
            copied.published(1, 10, 12);
            copied.lake.keeper().maintain(copied.duckDb, DEV, ALL_NOW);
            assertThat(copied.ids()).isEqualTo(range(0, 12));
        }
        assertThat(files()).isEqualTo(before);
        fixture = LakeFixture.in(folder);
        assertThat(fixture.ids()).isEqualTo(range(0, 10));
    }

    @Test
    void readsTablesThroughALinkToTheirFolder() throws IOException {
        fixture.published(0, 0, 10);
        fixture.close();
        fixture = LakeFixture.in(Files.createSymbolicLink(folder.resolve("link"), folder));
        fixture.published(1, 10, 20);
        assertThat(fixture.ids()).isEqualTo(range(0, 20));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var paths = Files.walk(from)) {
            for (Path each : paths.toList()) {
                Path target = to.resolve(from.relativize(each).toString());
                Files.createDirectories(target.getParent());
                Files.copy(each, target);
            }
        }
    }

    @Test
    void forgetsOldVersionsWithEachCommit() {
        for (int i = 0; i < 115; i++) {
            fixture.published(0, 0, 2);
        }
        Path metadata = Path.of(fixture.state.metadataLocation(DEV, TRIPS).orElseThrow());
        assertThat(metadata.toFile().length()).isLessThan(200_000);
        try (Stream<Path> files = Files.list(metadata.getParent())) {
            assertThat(files.filter(file -> file.toString().endsWith(".metadata.json")))
                    .hasSizeLessThan(60);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        fixture.lake.keeper().maintain(fixture.duckDb, DEV, ALL_NOW);
        assertThat(fixture.ids()).isEqualTo(range(0, 2));
    }

    private long files() throws IOException {
        try (var paths = Files.walk(folder.resolve("root"))) {
            return paths.filter(Files::isRegularFile).count();
        }
    }

    @SafeVarargs
    private static List<Long> concat(List<Long>... lists) {
        List<Long> all = new ArrayList<>();
        for (var list : lists) {
            all.addAll(list);
        }
        return all;
    }
}
