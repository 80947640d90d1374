package io.leat.lake;

import static io.leat.lake.FoldedTable.HISTORY;
import static io.leat.lake.FoldedTable.MERGE;
import static io.leat.lake.LakeFixture.DEV;
import static io.leat.lake.LakeFixture.PIPELINE;
import static io.leat.lake.LakeFixture.TRIPS;
import static io.leat.lake.LakeFixture.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.leat.lake.FoldedTable.Hour;
import io.leat.lake.FoldedTable.Said;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.PipelineName;
import io.leat.schema.Fold;
import io.leat.state.Load;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that are made of changes: which files a commit touches, and what else goes with it. */
class FoldTableTest {
    private static final PipelineName OTHER = new PipelineName("other");
    private static final int ROWS = 10;

    @TempDir
    Path folder;

    private LakeFixture fixture;
    private FoldedTable table;

    @BeforeEach
    void open() {
        fixture = LakeFixture.in(folder, new FoldLayout(ROWS, 1 << 20, 4));
        table = new FoldedTable(fixture, MERGE);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Set<Path> files() {
        return new HashSet<>(fixture.lake.table(DEV, TRIPS).files());
    }

    private static List<Said> keys(int from, int to, long at) {
        return IntStream.range(from, to)
                .mapToObj(i -> Said.of("k%03d".formatted(i), at, "c" + at))
                .toList();
    }

    private void load(int n, List<Said> said) {
        table.load(Map.of(new Hour(PIPELINE, n), said));
    }

    @Test
    void filesHoldRangesOfKeysAndAreBounded() {
        load(0, keys(0, 100, 1));

        assertThat(files()).hasSize(100 / ROWS);
        for (Path file : files()) {
            assertThat(fixture.duckDb.query(
                            "SELECT count(*) || ' ' || (max(id)[2:]::INT - min(id)[2:]::INT) FROM read_parquet('" + file
                                    + "')",
                            row -> row.getString(1)))
                    .containsExactly("10 9");
        }
    }

    @Test
    void filesWithoutAKeyThatChangesStay() {
        load(0, keys(0, 100, 1));
        Set<Path> before = files();

        load(1, List.of(Said.of("k005", 2, "new"), Said.gone("k091", 2)));

        Set<Path> kept = files();
        kept.retainAll(before);
        assertThat(kept).hasSize(8);
        assertThat(files()).hasSize(10);
        assertThat(table.rows()).isEqualTo(table.expected()).hasSize(99).contains("k005|2|new");
    }

    @Test
    void aChangeThatComesTooLateToCountTouchesNoFile() {
        load(5, keys(0, 30, 9));
        String before = fixture.lake.table(DEV, TRIPS).metadataLocation();

        load(1, keys(10, 20, 3));

        assertThat(fixture.lake.table(DEV, TRIPS).metadataLocation()).isEqualTo(before);
        assertThat(table.rows()).isEqualTo(table.expected());
        assertThat(fixture.state.load(DEV, PIPELINE, slice(1))).isPresent();
    }

    @Test
    void newKeysGoIntoFilesOfTheirOwnAndFewSmallOnesAreJoined() {
        load(0, keys(0, 20, 1));
        Set<Path> before = files();
        for (int n = 1; n <= 12; n++) {
            load(n, List.of(Said.of("x%02d".formatted(n), n, "c")));
        }

        assertThat(files()).hasSizeLessThanOrEqualTo(2 + 4).containsAll(before);
        assertThat(table.rows()).isEqualTo(table.expected()).hasSize(32);
    }

    @Test
    void versionsOfAKeyThatLieInTwoFilesAreFoundInBoth() {
        table = new FoldedTable(fixture, HISTORY);
        for (int n = 0; n < 6; n++) {
            int hour = n;
            load(
                    n,
                    IntStream.range(0, 7)
                            .mapToObj(i -> Said.of("a", hour * 7L + i, "c" + hour + i))
                            .toList());
        }
        assertThat(files()).hasSizeGreaterThan(2);
        assertThat(table.rows()).isEqualTo(table.expected()).hasSize(42);

        load(2, List.of());

        assertThat(table.rows()).isEqualTo(table.expected()).hasSize(35);
    }

    @Test
    void theLedgerKnowsTheLoadsByTheNameOfTheTableThatReadersSee() {
        load(0, keys(0, 3, 1));
        table.load(OTHER, 0, Said.of("k001", 7, "theirs"));

        assertThat(fixture.state.loads(DEV, TRIPS)).extracting(Load::rows).containsExactlyInAnyOrder(3L, 1L);
        assertThat(table.rows()).containsExactly("k000|1|c1", "k001|7|theirs", "k002|1|c1");
    }

    @Test
    void anotherFoldMakesTheTableAnewOfAllChanges() {
        load(0, keys(0, 15, 1));
        load(1, keys(5, 10, 2));
        table = table.as(HISTORY);

        load(2, List.of(Said.of("k001", 3, "new")));

        assertThat(table.rows()).isEqualTo(table.expected()).hasSize(15 + 5 + 1);
        assertThat(fixture.lake.table(DEV, TRIPS).contract().names())
                .containsExactly("id", "at", "content", "valid_from", "valid_to", "is_current");
        table = table.as(MERGE);
        load(2, List.of());
        assertThat(table.rows()).isEqualTo(table.expected()).hasSize(15);
        assertThat(fixture.lake.table(DEV, TRIPS).contract().names()).containsExactly("id", "at", "content");
    }

    @Test
    void aTableThatIsLostOrSetBackIsMadeAnewByTheNextCommit() {
        load(0, keys(0, 15, 1));
        String old = fixture.lake.table(DEV, TRIPS).metadataLocation();
        load(1, keys(5, 10, 2));
        fixture.swap(TRIPS, fixture.lake.table(DEV, TRIPS).metadataLocation(), old);
        assertThat(table.rows()).isNotEqualTo(table.expected());

        load(2, List.of(Said.of("z", 1, "z")));
        assertThat(table.rows()).isEqualTo(table.expected());

        fixture.lake.keeper().drop(DEV, TRIPS);
        load(3, List.of());
        assertThat(table.rows()).isEqualTo(table.expected()).hasSize(16);
    }

    @Test
    void maintenanceJoinsSmallFilesInTheOrderOfKeysAndSweepsWhatWasReplaced() {
        load(5, keys(0, 20, 1));
        for (int n = 0; n < 3; n++) {
            load(n, List.of(Said.of("l" + n, n, "c"), Said.of("m" + n, n, "c")));
        }
        assertThat(files()).hasSize(2 + 3);
        var upkeep = new Upkeep(Duration.ZERO, 1, Duration.ZERO, 1 << 20, 2);

        var report = fixture.lake.keeper().maintain(fixture.duckDb, DEV, upkeep);

        assertThat(report.tables()).extracting(Upkeep.TableReport::table).containsExactly(TRIPS, Fold.changesOf(TRIPS));
        assertThat(report.deletedFiles()).isPositive();
        assertThat(files()).hasSize(2 + 1);
        assertThat(table.rows()).isEqualTo(table.expected());
        load(1, List.of(Said.gone("m2", 9)));
        assertThat(table.rows()).isEqualTo(table.expected());
    }

    @Test
    void changesAndTableAreRecoveredWithoutTheStateStore() {
        load(0, keys(0, 15, 1));
        load(1, keys(5, 10, 2));
        List<String> rows = table.rows();
        fixture.forget(TRIPS);
        fixture.forget(Fold.changesOf(TRIPS));

        assertThat(fixture.lake.keeper().recover()).hasSize(2);

        assertThat(table.rows()).isEqualTo(rows);
        load(1, List.of(Said.of("k001", 4, "after")));
        assertThat(table.rows()).isEqualTo(table.expected());
    }

    @Test
    void aTableOfOneKindIsNotWrittenAsOneOfTheOther() {
        fixture.published(0, 0, 10);
        refused(() -> table.plan(), "was filled without its changes");

        fixture.lake.keeper().drop(DEV, TRIPS);
        load(0, keys(0, 3, 1));
        refused(() -> fixture.lake.plan(DEV, TRIPS, FoldedTable.CONTRACT), "is made of the changes");
        refused(
                () -> fixture.lake.plan(DEV, Fold.changesOf(TRIPS), FoldedTable.CONTRACT),
                "holds the changes of another table");
    }

    private static void refused(Runnable action, String message) {
        assertThatExceptionOfType(PipelineException.class)
                .isThrownBy(action::run)
                .withMessageContaining(message)
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED);
                    assertThat(failure.hint()).isPresent();
                });
    }

    @Test
    void aClaimThatIsLostIsLeftOutOfTheFold() {
        load(0, keys(0, 3, 1));
        List<Hour> hours = List.of(new Hour(PIPELINE, 1), new Hour(PIPELINE, 2));
        List<SliceLoad> loads = new ArrayList<>();
        var records = fixture.claimed(PIPELINE, List.of(1, 2));
        for (int i = 0; i < 2; i++) {
            loads.add(table.staged(records.get(i), hours.get(i), List.of(Said.of("k00" + i, 5, "group " + i))));
        }
        fixture.state.takeAway(List.of(records.get(0)), "test");

        var published = fixture.lake.publish(fixture.duckDb, table.plan(), TRIPS, MERGE, loads);

        assertThat(published.lost()).extracting(record -> record.slice()).containsExactly(slice(1));
        assertThat(table.rows()).containsExactly("k000|1|c1", "k001|5|group 1", "k002|1|c1");
    }
}
