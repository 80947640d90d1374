package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.name.PipelineName;
import io.leat.time.Granularity;
import io.leat.time.Segment;
import io.leat.time.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store does with the index of source files, the windows that changed, and the grids of pipelines. */
abstract class SourceIndexContract extends StateStoreContract {

    private static final Instant SECOND = FIRST.plus(Duration.ofHours(1));
    private static final Window ALL_TIME =
            new Window(FIRST.minus(Duration.ofDays(1)), FIRST.plus(Duration.ofDays(365)));

    private static FileVersion version(String path, String sha256, long rows, Map<Instant, WindowContent> windows) {
        var modified = Instant.parse("2024-02-03T04:05:06.123456789Z");
        return new FileVersion(
                new FileStamp(path, 100, modified, sha256, "f1"), rows, new TreeMap<>(windows), new TreeMap<>());
    }

    private static WindowContent rows(long rows, String content) {
        return new WindowContent(rows, content);
    }

    private void index(FileVersion version, Instant... closed) {
        store.indexFiles(DEV, TRIPS, List.of(new NewFileVersion(version, Set.of(closed))));
    }

    private List<FileWindow> windows() {
        return store.sourceWindows(DEV, TRIPS, FIRST, FIRST.plus(Duration.ofDays(1)))
                .files();
    }

    @Test
    void knowsWhatEachFileHoldsOfEachWindow() {
        var one = version("data/1.json", "ab", 8, Map.of(FIRST, rows(3, "x"), SECOND, rows(4, "y")));
        var two = version("data/2.json", "cd", 5, Map.of(FIRST, rows(5, "z")));
        store.indexFiles(DEV, TRIPS, List.of(new NewFileVersion(one, Set.of()), new NewFileVersion(two, Set.of())));

        assertThat(store.files(DEV, TRIPS)).containsExactly(one.stamp(), two.stamp());
        assertThat(store.file(DEV, TRIPS, "data/1.json")).contains(one);
        assertThat(store.file(DEV, TRIPS, "data/3.json")).isEmpty();
        assertThat(windows())
                .containsExactly(
                        new FileWindow(FIRST, "data/1.json", "ab", "f1", false, rows(3, "x")),
                        new FileWindow(FIRST, "data/2.json", "cd", "f1", false, rows(5, "z")),
                        new FileWindow(SECOND, "data/1.json", "ab", "f1", false, rows(4, "y")));
        assertThat(store.filesOutside(DEV, TRIPS)).containsExactly(new FileOutside("ab", 1));
        assertThat(store.paths(DEV, TRIPS, "cd")).containsExactly("data/2.json");
        assertThat(store.files(DEV, new PipelineName("others"))).isEmpty();
    }

    @Test
    void anotherVersionOfAFileTakesTheRowsOfTheOneBeforeAway() {
        index(version("data/1.json", "ab", 7, Map.of(FIRST, rows(3, "x"), SECOND, rows(4, "y"))));
        index(version("data/1.json", "ef", 4, Map.of(SECOND, rows(4, "y"))));

        assertThat(windows()).containsExactly(new FileWindow(SECOND, "data/1.json", "ef", "f1", false, rows(4, "y")));
    }

    @Test
    void rowsOfClosedWindowsStayThoseOfTheVersionThatWasThere() {
        index(version("data/1.json", "ab", 3, Map.of(FIRST, rows(3, "x"))));
        var late = new FileVersion(
                version("data/1.json", "ef", 9, Map.of()).stamp(),
                9,
                new TreeMap<>(Map.of(SECOND, rows(2, "n"))),
                new TreeMap<>(Map.of(FIRST, 7L)));
        index(late, FIRST);

        assertThat(windows())
                .containsExactly(
                        new FileWindow(FIRST, "data/1.json", "ab", "f1", true, rows(3, "x")),
                        new FileWindow(SECOND, "data/1.json", "ef", "f1", false, rows(2, "n")));
        assertThat(store.file(DEV, TRIPS, "data/1.json")).contains(late);
        assertThat(store.filesOutside(DEV, TRIPS)).containsExactly(new FileOutside("ef", 7));

        index(version("data/1.json", "gh", 2, Map.of(SECOND, rows(2, "n"))), FIRST);
        assertThat(windows()).extracting(FileWindow::sha256).containsExactly("ab", "gh");
        index(version("data/1.json", "ij", 2, Map.of(SECOND, rows(2, "n"))));
        assertThat(windows()).extracting(FileWindow::sha256).containsExactly("ab", "ij");
    }

    private List<ChangedWindow> changed(String fingerprint, @Nullable Instant openAfter) {
        var query = new ChangedQuery(DEV, TRIPS, fingerprint, ALL_TIME, openAfter);
        var found = store.changedWindows(query, null, 10);
        assertThat(store.countChangedWindows(query)).isEqualTo(found.size());
        return found;
    }

    /** A window that was loaded and saw the source as it is now. */
    private void loaded(int hour) {
        var record = staged(claimed(request(hour)));
        long seen = store.sourceWindows(DEV, TRIPS, FIRST, SECOND).seen();
        store.publish(Publication.of(
                DEV,
                List.of(new NewLoad(
                        record, stagingOf(record).loadId(), TABLE.toString(), 10, 1, null, "t", "f", "in", seen)),
                List.of()));
        store.completed(List.of(new Completion(reread(record), 10)));
    }

    private static Window window(int hour) {
        return new Window(FIRST.plus(Duration.ofHours(hour)), FIRST.plus(Duration.ofHours(hour + 1)));
    }

    @Test
    void findsTheWindowsThatFilesHaveTouchedSinceTheyWereLoaded() {
        index(version("data/1.json", "ab", 7, Map.of(FIRST, rows(3, "x"), SECOND, rows(4, "y"))));
        loaded(0);
        loaded(1);
        assertThat(changed("f", null)).isEmpty();

        index(version("data/1.json", "ef", 8, Map.of(FIRST, rows(3, "x"), SECOND, rows(5, "yy"))));
        assertThat(changed("f", null)).containsExactly(new ChangedWindow(window(1), Cause.LATE));
        assertThat(changed("f", window(1).end())).as("closed windows").isEmpty();

        index(version("data/1.json", "gh", 5, Map.of(SECOND, rows(5, "yy"))));
        assertThat(changed("f", null))
                .as("rows that went away count, too")
                .containsExactly(new ChangedWindow(window(0), Cause.LATE), new ChangedWindow(window(1), Cause.LATE));
        assertThat(changed("other", null))
                .as("also when the pipeline is another one")
                .containsExactly(
                        new ChangedWindow(window(0), Cause.CHANGED), new ChangedWindow(window(1), Cause.CHANGED));
        assertThat(changed("other", window(0).end()))
                .as("a closed window without rows")
                .containsExactly(new ChangedWindow(window(1), Cause.CHANGED));

        long seen = store.sourceWindows(DEV, TRIPS, FIRST, SECOND).seen();
        store.sawSource(store.loads(DEV, TRIPS), seen);
        assertThat(changed("f", null)).isEmpty();
    }

    @Test
    void findsTheWindowsThatAnotherPipelineHasMade() {
        index(version("data/1.json", "ab", 7, Map.of(FIRST, rows(3, "x"))));
        loaded(0);
        loaded(1);

        assertThat(changed("other", null))
                .as("a window without rows is the same whatever the pipeline is")
                .containsExactly(new ChangedWindow(window(0), Cause.CHANGED));
        assertThat(store.changedWindows(new ChangedQuery(DEV, TRIPS, "other", ALL_TIME, null), FIRST, 10))
                .as("after the first")
                .isEmpty();
    }

    @Test
    void settlesGridsOnlyIfNobodyElseHasMeanwhile() {
        var first =
                new SettledGrid(new Segment(FIRST, Granularity.parse("2h"), ZoneId.of("Europe/Berlin")), "2024a", null);
        assertThat(store.settleGrids(DEV, TRIPS, List.of(), List.of(first))).isTrue();
        var settled = store.grids(DEV, TRIPS);
        assertThat(settled).extracting(SettledGrid::segment).containsExactly(first.segment());
        assertThat(settled.getFirst().settled()).isNotNull();

        var second = new SettledGrid(new Segment(SECOND, Granularity.parse("1d"), ZoneId.of("UTC")), "2024b", null);
        assertThat(store.settleGrids(DEV, TRIPS, List.of(), List.of(second))).isFalse();
        assertThat(store.settleGrids(DEV, TRIPS, settled, List.of(settled.getFirst(), second)))
                .isTrue();
        assertThat(store.grids(DEV, TRIPS)).hasSize(2).startsWith(settled.getFirst());
        assertThat(store.grids(DEV, new PipelineName("others"))).isEmpty();
    }
}
