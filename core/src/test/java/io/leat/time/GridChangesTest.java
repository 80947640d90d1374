package io.leat.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class GridChangesTest {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ZoneId LOS_ANGELES = ZoneId.of("America/Los_Angeles");

    @Test
    void startsTheNewGridAtItsFirstBoundaryAfterTheLastRecord() {
        var grid = GridTest.grid("1d", "UTC", "2026-01-01T00:00")
                .changedAfter(Instant.parse("2026-01-03T00:00:00Z"), Granularity.parse("1w"), UTC);

        assertThat(labels(grid, "2026-01-20"))
                .containsExactly("2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04", "2026-01-05", "2026-01-12");
        assertThat(grid.every()).hasToString("1w");
    }

    @Test
    void bridgesGridsThatDoNotMeet() {
        var grid = GridTest.grid("1d", "UTC", "2026-01-01T00:00")
                .changedAfter(Instant.parse("2026-01-02T00:00:00Z"), Granularity.parse("1d"), LOS_ANGELES);
        var bridge = WindowTest.window("2026-01-02T00:00:00Z", "2026-01-02T08:00:00Z");

        assertThat(grid.windows(grid.start(), Instant.parse("2026-01-03T08:00:00Z")))
                .containsExactly(
                        WindowTest.window("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"),
                        bridge,
                        WindowTest.window("2026-01-02T08:00:00Z", "2026-01-03T08:00:00Z"));
        assertThat(grid.count(grid.start(), Instant.parse("2026-01-03T08:00:00Z")))
                .isEqualTo(3);
        assertThat(grid.labelText(bridge)).isEqualTo("2026-01-02");
    }

    @Test
    void writesALabelThatIsTakenWithItsOffset() {
        var grid = GridTest.grid("1d", "UTC", "2026-01-01T00:00")
                .changedAfter(Instant.parse("2026-01-02T00:00:00Z"), Granularity.parse("1d"), LOS_ANGELES);
        var taken = WindowTest.window("2026-01-02T08:00:00Z", "2026-01-03T08:00:00Z");

        assertThat(grid.labelText(taken)).isEqualTo("2026-01-02T00:00-08:00");
        assertThat(grid.parseLabel("2026-01-02T00:00-08:00")).isEqualTo(taken);
        assertThat(grid.labelText(grid.next(taken))).isEqualTo("2026-01-03");
    }

    @Test
    void namesAWindowThatBeginsOnNoBoundaryByItsClock() {
        var grid = new Grid(List.of(new Segment(Instant.parse("2026-01-01T05:30:07Z"), Granularity.parse("1d"), UTC)));
        var first = WindowTest.window("2026-01-01T05:30:07Z", "2026-01-02T00:00:00Z");

        assertThat(grid.windowAt(first.start())).hasValue(first);
        assertThat(grid.labelText(first)).isEqualTo("2026-01-01T05:30:07");
        assertThat(grid.parseLabel("2026-01-01T05:30:07")).isEqualTo(first);
        assertThatIllegalArgumentException().isThrownBy(() -> grid.parseLabel("2026-01-01"));
    }

    @Test
    void namesWindowsThatItDoesNotHave() {
        var grid = GridTest.grid("2h", "UTC", "2026-01-01T00:00");

        assertThat(grid.labelText(WindowTest.window("2026-01-01T03:00:00Z", "2026-01-01T04:00:00Z")))
                .isEqualTo("2026-01-01T03:00Z");
        assertThat(grid.labelText(WindowTest.window("2025-01-01T02:00:00Z", "2025-01-01T04:00:00Z")))
                .isEqualTo("2025-01-01T02:00Z");
    }

    @Test
    void forgetsSegmentsThatAChangeComesBefore() {
        var grid = GridTest.grid("1d", "UTC", "2026-01-01T00:00")
                .changedAfter(Instant.parse("2026-02-01T00:00:00Z"), Granularity.parse("6h"), UTC)
                .changedAfter(Instant.parse("2026-01-10T00:00:00Z"), Granularity.parse("1h"), UTC);

        assertThat(grid.segments())
                .extracting(Segment::every)
                .containsExactly(Granularity.parse("1d"), Granularity.parse("1h"));
    }

    @Test
    void tilesTimeWhateverItsChanges() {
        Seeded.check(300, random -> {
            var grid = randomGrid(random);
            var to = grid.segments().getLast().from().plusSeconds(random.nextInt(20 * 86_400));
            var from = grid.start().plusSeconds(random.nextInt(10 * 86_400));
            var at = grid.start();
            var texts = new HashSet<String>();
            var inside = new ArrayList<Window>();
            while (at.isBefore(to)) {
                var window = grid.windowAt(at).orElseThrow();
                assertThat(window.start()).isEqualTo(at);
                assertThat(grid.windowAt(window.end().minusSeconds(1))).hasValue(window);
                assertThat(texts.add(grid.labelText(window))).isTrue();
                assertThat(grid.parseLabel(grid.labelText(window))).isEqualTo(window);
                assertThat(grid.lastEndingAtOrBefore(window.end())).hasValue(window);
                if (!window.start().isBefore(from) && !window.end().isAfter(to)) {
                    inside.add(window);
                }
                at = window.end();
            }
            assertThat(grid.windows(from, to)).containsExactlyElementsOf(inside);
            assertThat(grid.count(from, to)).isEqualTo(inside.size());
        });
    }

    @Test
    void tilesAndCountsAnySpan() {
        Seeded.check(1000, random -> {
            var grid = randomGrid(random);
            var last = grid.segments().getLast().from().plusSeconds(8 * 86_400);
            var length = last.getEpochSecond() - grid.start().getEpochSecond();
            var from = bound(random, grid, grid.start().plusSeconds(random.nextLong(length)));
            var to = bound(random, grid, from.plusSeconds(1 + random.nextLong(random.nextBoolean() ? 20_000 : length)));
            var span = new Window(from, to.isAfter(from) ? to : from.plusSeconds(1));
            var tiles = grid.tiles(span).toList();
            var at = span.start();
            for (var tile : tiles) {
                var window = grid.windowAt(tile.start()).orElseThrow();
                assertThat(tile.start()).isEqualTo(at);
                assertThat(tile.start()).isIn(window.start(), span.start());
                assertThat(tile.end()).isIn(window.end(), span.end());
                assertThat(window.contains(tile)).isTrue();
                at = tile.end();
            }
            assertThat(at).isEqualTo(span.end());
            assertThat(grid.countTiles(span)).isEqualTo(tiles.size());
            assertThat(grid.tilesFromLast(span)).containsExactlyElementsOf(tiles.reversed());
        });
    }

    /** An instant, or the boundary after it. */
    private static Instant bound(RandomGenerator random, Grid grid, Instant instant) {
        return random.nextBoolean() ? instant : grid.ceiling(instant);
    }

    private static Grid randomGrid(RandomGenerator random) {
        var grid = Grid.of(granularity(random), zone(random), Instant.parse("2011-12-01T00:00:00Z"));
        for (var changes = random.nextInt(4); changes > 0; changes--) {
            var settled = grid.segments().getLast().from().plusSeconds(random.nextInt(15 * 86_400));
            grid = random.nextInt(4) == 0
                    ? new Grid(with(grid, new Segment(settled.plusSeconds(1), granularity(random), zone(random))))
                    : grid.changedAfter(settled, granularity(random), zone(random));
        }
        return grid;
    }

    private static List<Segment> with(Grid grid, Segment segment) {
        var segments = new ArrayList<>(grid.segments());
        segments.add(segment);
        return segments;
    }

    private static Granularity granularity(RandomGenerator random) {
        return Granularity.parse(
                List.of("30m", "1h", "2h", "6h", "1d", "2d", "1w").get(random.nextInt(7)));
    }

    private static ZoneId zone(RandomGenerator random) {
        return ZoneId.of(List.of("UTC", "America/Los_Angeles", "Pacific/Apia", "Asia/Kathmandu", "Australia/Lord_Howe")
                .get(random.nextInt(5)));
    }

    private static List<String> labels(Grid grid, String end) {
        return grid.windows(grid.start(), grid.bound(end)).map(grid::labelText).toList();
    }
}
