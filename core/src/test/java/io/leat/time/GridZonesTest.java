package io.leat.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every zone of the database, from 1970 to 2037: the windows around every transition, one by one, against {@link NaiveWindows}; in the
 * stretches between, where the clock's offset does not change, their number by arithmetic and some of them at random. {@code
 * -Dleat.grids=all} visits every window there as well. Zones with equal rules have equal grids and are tried once.
 */
class GridZonesTest {

    private static final LocalDateTime FROM = LocalDateTime.parse("1970-01-01T00:00");
    private static final LocalDateTime TO = LocalDateTime.parse("2038-01-01T00:00");
    private static final int SAMPLES = 2;

    /** How far around a transition every window is visited. */
    private static final Map<String, Duration> AROUND = Map.of(
            "15m", Duration.ofMinutes(40),
            "1h", Duration.ofMinutes(100),
            "2h", Duration.ofHours(4),
            "6h", Duration.ofHours(12),
            "1d", Duration.ofDays(2),
            "1w", Duration.ofDays(14),
            "1mo", Duration.ofDays(45));

    /** Local times of the years that are tried. */
    private record Stretch(LocalDateTime from, LocalDateTime to) {
        Stretch {
            from = from.isBefore(FROM) ? FROM : from;
            to = to.isAfter(TO) ? TO : to;
        }

        Stretch joined(Stretch later) {
            return new Stretch(from, to.isAfter(later.to) ? to : later.to);
        }
    }

    @TestFactory
    List<DynamicTest> tilesTimeInEveryZone() {
        return AROUND.keySet().stream()
                .sorted()
                .map(every ->
                        DynamicTest.dynamicTest(every, () -> zones().forEach(zone -> new Walk(every, zone).walk())))
                .toList();
    }

    private static List<ZoneId> zones() {
        var seen = new HashSet<ZoneRules>();
        return Tzdb.names().stream()
                .map(ZoneId::of)
                .filter(zone -> seen.add(zone.getRules()))
                .toList();
    }

    /** Through one grid from its beginning to its end. */
    private static final class Walk {
        private final String every;
        private final ZoneId zone;
        private final Grid grid;
        private final SplittableRandom random;
        private @Nullable Window last;
        private @Nullable LocalDateTime lastLabel;
        private String lastText = "";
        private long count;

        Walk(String every, ZoneId zone) {
            this.every = every;
            this.zone = zone;
            this.grid = Grid.of(Granularity.parse(every), zone, FROM.minusDays(100));
            this.random = new SplittableRandom(zone.getId().hashCode());
        }

        void walk() {
            var stretches = stretches();
            var first = new NaiveWindows(every, zone, FROM, TO).start();
            for (var stretch : stretches) {
                var expected = new NaiveWindows(every, zone, stretch.from(), stretch.to());
                if (last != null && last.end().isBefore(expected.start())) {
                    undisturbed(last.end(), expected.start());
                }
                visitAll(expected);
            }
            assertThat(last).isNotNull();
            assertThat(grid.count(first, last.end())).as("%s %s", zone, every).isEqualTo(count);
        }

        private void visitAll(NaiveWindows expected) {
            var from = expected.start();
            var windows = grid.windowsTouching(from, Instant.MAX).iterator();
            var visited = 0L;
            while (expected.hasNext()) {
                var named = expected.next();
                var window = windows.next();
                require(window.equals(named.window()), window, "expected " + named);
                visit(window, named.label());
                visited++;
            }
            require(grid.count(from, expected.start()) == visited, last, "counted otherwise from " + from);
        }

        private void visit(Window window, LocalDateTime label) {
            require(last == null || last.end().equals(window.start()), window, "does not follow " + last);
            for (var inside : List.of(
                    window.start().plusNanos(1),
                    inside(window),
                    inside(window),
                    window.end().minusNanos(1))) {
                require(grid.windowAt(inside).orElseThrow().equals(window), window, "does not own " + inside);
            }
            named(window, label);
            last = window;
            count++;
        }

        private Instant inside(Window window) {
            return window.start().plusSeconds(random.nextLong(window.length().toSeconds()));
        }

        /** Labels ascend from window to window, and so do their texts: each is the only one of its kind. */
        private void named(Window window, LocalDateTime label) {
            var text = grid.labelText(window);
            require(grid.label(window).equals(label), window, "expected the label " + label);
            require(lastLabel == null || lastLabel.isBefore(label), window, "is named no later than " + lastLabel);
            require(lastText.compareTo(text) < 0, window, "is named no later than " + lastText);
            require(grid.parseLabel(text).equals(window), window, "has the name of another window");
            lastLabel = label;
            lastText = text;
        }

        /** A stretch in which the offset stays: local time and instants are a constant apart. */
        private void undisturbed(Instant from, Instant to) {
            var offset = zone.getRules().getOffset(from);
            var begin = LocalDateTime.ofInstant(from, offset);
            var end = LocalDateTime.ofInstant(to, offset);
            var between = every.equals("1mo")
                    ? ChronoUnit.MONTHS.between(begin, end)
                    : Duration.between(begin, end).dividedBy(length());
            require(grid.count(from, to) == between, last, "expected " + between + " windows to " + to);
            count += between;
            random.longs(SAMPLES, from.getEpochSecond(), to.getEpochSecond())
                    .sorted()
                    .distinct()
                    .forEach(second -> {
                        var floor = NaiveWindows.floor(every, LocalDateTime.ofEpochSecond(second, 0, offset));
                        var window = new Window(
                                floor.toInstant(offset),
                                NaiveWindows.following(every, floor).toInstant(offset));
                        require(
                                grid.windowAt(Instant.ofEpochSecond(second))
                                        .orElseThrow()
                                        .equals(window),
                                window,
                                "expected");
                        if (lastLabel == null || !lastLabel.equals(floor)) {
                            named(window, floor);
                        }
                    });
            last = new Window(to.minusSeconds(1), to);
        }

        private Duration length() {
            return Duration.between(FROM, NaiveWindows.following(every, FROM));
        }

        private List<Stretch> stretches() {
            var around =
                    System.getProperty("leat.grids", "").equals("all") ? Duration.ofDays(50_000) : AROUND.get(every);
            var stretches = new ArrayList<Stretch>();
            stretches.add(new Stretch(FROM, FROM.plus(around)));
            var transition = zone.getRules().nextTransition(NaiveWindows.instant(zone, FROM));
            while (transition != null && transition.getDateTimeAfter().isBefore(TO)) {
                add(stretches, around(transition, around));
                transition = zone.getRules().nextTransition(transition.getInstant());
            }
            add(stretches, new Stretch(TO.minus(around), TO));
            return stretches;
        }

        private static void add(List<Stretch> stretches, Stretch next) {
            var last = stretches.getLast();
            if (next.from().isAfter(last.to())) {
                stretches.add(next);
            } else {
                stretches.set(stretches.size() - 1, last.joined(next));
            }
        }

        private static Stretch around(ZoneOffsetTransition transition, Duration around) {
            var before = transition.getDateTimeBefore();
            var after = transition.getDateTimeAfter();
            return new Stretch(
                    (before.isBefore(after) ? before : after).minus(around),
                    (before.isBefore(after) ? after : before).plus(around));
        }

        private void require(boolean holds, @Nullable Window window, String what) {
            if (!holds) {
                throw new AssertionError(window + " on the grid of every " + every + " in " + zone + ": " + what);
            }
        }
    }
}
