package io.leat.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every zone of the database, around every transition from 1970 to 2037, against boundaries made from {@code java.time} alone. Zones with
 * equal rules are tried once.
 */
class GridZonesTest {

    private static final Instant FROM = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2038-01-01T00:00:00Z");

    /** How far around a transition windows are compared. */
    private static final Map<String, Duration> AROUND = Map.of(
            "15m", Duration.ofMinutes(40),
            "1h", Duration.ofMinutes(100),
            "2h", Duration.ofHours(4),
            "6h", Duration.ofHours(12),
            "1d", Duration.ofDays(2),
            "1w", Duration.ofDays(14),
            "1mo", Duration.ofDays(45));

    @TestFactory
    List<DynamicTest> tilesTimeAroundEveryTransition() {
        return AROUND.keySet().stream()
                .sorted()
                .map(every -> DynamicTest.dynamicTest(every, () -> zones().forEach(zone -> tiles(every, zone))))
                .toList();
    }

    private static List<ZoneId> zones() {
        var seen = new HashSet<ZoneRules>();
        return ZoneRulesProvider.getAvailableZoneIds().stream()
                .sorted()
                .map(ZoneId::of)
                .filter(zone -> seen.add(zone.getRules()))
                .toList();
    }

    private static void tiles(String every, ZoneId zone) {
        var grid = Grid.of(Granularity.parse(every), zone, FROM.minus(Duration.ofDays(100)));
        var transition = zone.getRules().nextTransition(FROM);
        while (transition != null && transition.getInstant().isBefore(TO)) {
            compare(grid, every, transition);
            transition = zone.getRules().nextTransition(transition.getInstant());
        }
    }

    private static void compare(Grid grid, String every, ZoneOffsetTransition transition) {
        var labels = new TreeMap<Instant, LocalDateTime>();
        for (var local : boundaries(every, transition)) {
            labels.merge(instant(grid.zone(), local), local, (one, other) -> one.isBefore(other) ? one : other);
        }
        var starts = List.copyOf(labels.keySet());
        var windows = new ArrayList<Window>();
        for (var i = 1; i < starts.size(); i++) {
            windows.add(new Window(starts.get(i - 1), starts.get(i)));
        }
        var texts = new HashSet<String>();
        for (var window : windows) {
            check(window, grid, labels);
            require(texts.add(grid.labelText(window)), window, grid);
        }
        assertThat(grid.windows(starts.getFirst(), starts.getLast()).toList()).isEqualTo(windows);
        assertThat(grid.count(starts.getFirst(), starts.getLast())).isEqualTo(windows.size());
    }

    private static void check(Window window, Grid grid, Map<Instant, LocalDateTime> labels) {
        require(grid.windowAt(window.start()).orElseThrow().equals(window), window, grid);
        require(grid.windowAt(window.end().minusSeconds(1)).orElseThrow().equals(window), window, grid);
        require(grid.label(window).equals(labels.get(window.start())), window, grid);
        require(grid.parseLabel(grid.labelText(window)).equals(window), window, grid);
    }

    private static void require(boolean holds, Window window, Grid grid) {
        if (!holds) {
            throw new AssertionError(window + " named " + grid.labelText(window) + " on the grid of every "
                    + grid.every() + " in " + grid.zone());
        }
    }

    /** Local boundaries well around a transition, by the calendar, not by arithmetic on seconds. */
    private static List<LocalDateTime> boundaries(String every, ZoneOffsetTransition transition) {
        var before = transition.getDateTimeBefore();
        var after = transition.getDateTimeAfter();
        var from = (before.isBefore(after) ? before : after).minus(AROUND.get(every));
        var to = (before.isBefore(after) ? after : before).plus(AROUND.get(every));
        var boundaries = new ArrayList<LocalDateTime>();
        var boundary = first(every, from.toLocalDate());
        while (!boundary.isAfter(to)) {
            if (!boundary.isBefore(from)) {
                boundaries.add(boundary);
            }
            boundary = switch (every) {
                case "15m" -> boundary.plusMinutes(15);
                case "1h" -> boundary.plusHours(1);
                case "2h" -> boundary.plusHours(2);
                case "6h" -> boundary.plusHours(6);
                case "1d" -> boundary.plusDays(1);
                case "1w" -> boundary.plusWeeks(1);
                default -> boundary.plusMonths(1);
            };
        }
        return boundaries;
    }

    private static LocalDateTime first(String every, LocalDate day) {
        return switch (every) {
            case "1w" -> day.with(DayOfWeek.MONDAY).atStartOfDay();
            case "1mo" -> day.withDayOfMonth(1).atStartOfDay();
            default -> day.atStartOfDay();
        };
    }

    private static Instant instant(ZoneId zone, LocalDateTime local) {
        var transition = zone.getRules().getTransition(local);
        return transition != null && transition.isGap()
                ? transition.getInstant()
                : local.toInstant(zone.getRules().getValidOffsets(local).getFirst());
    }
}
