package io.leat.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Windows and schedules around every change of the clock from 1970 to 2037 in seven zones that have all that is odd, against tables
 * that were made without Java. Where this Java runtime has another version of the time zone database, changes that it does not know
 * are left out, and there may be few of them.
 */
class WallClockTablesTest {

    private static final WallClockTable WINDOWS = WallClockTable.read("windows.txt");
    private static final WallClockTable SCHEDULES = WallClockTable.read("cron.txt");

    @Test
    void knowsTheChangesOfTheTables() {
        for (var table : List.of(WINDOWS, SCHEDULES)) {
            var known = table.changes().stream()
                    .filter(WallClockTable.Change::isKnown)
                    .count();
            if (table.tzdata().equals(Tzdb.version())) {
                assertThat(table.zones())
                        .hasSize(7)
                        .allSatisfy(zone ->
                                assertThat(table.instants(zone)).isEqualTo(WallClockTable.instantsOfJava(zone)));
                assertThat(known).isEqualTo(table.changes().size());
            } else {
                System.out.println("the tables are of tzdata " + table.tzdata() + ", this Java has " + Tzdb.version()
                        + " and knows " + known + " of " + table.changes().size() + " changes");
                assertThat(known).isGreaterThan(table.changes().size() * 9L / 10);
            }
        }
    }

    @Test
    void makesTheWindowsOfTheTable() {
        var grids = new HashMap<String, Grid>();
        for (var change : WINDOWS.changes()) {
            if (change.isKnown()) {
                assertThat(change.lines()).hasSize(7).allSatisfy(line -> compareWindows(grids, change, line));
            }
        }
    }

    private static void compareWindows(Map<String, Grid> grids, WallClockTable.Change change, String line) {
        var zone = change.zone();
        var words = line.split(" ", -1);
        var grid = grids.computeIfAbsent(
                zone + " " + words[0], _ -> GridTest.grid(words[0], zone.getId(), "1969-11-01T00:00"));
        var start = Instant.parse(words[1]);
        for (var i = 2; i < words.length; i += 2) {
            var end = start.plusSeconds(Long.parseLong(words[i + 1]));
            var window = new Window(start, end);
            for (var instant : within(start, end, change.at())) {
                assertThat(grid.windowAt(instant)).as("%s %s", zone, line).hasValue(window);
            }
            assertThat(grid.labelText(window)).as("%s %s", zone, line).isEqualTo(words[i]);
            start = end;
        }
        assertThat(grid.count(Instant.parse(words[1]), start))
                .as("%s %s", zone, line)
                .isEqualTo(words.length / 2 - 1);
    }

    @Test
    void firesAtTheTimesOfTheTable() {
        for (var change : SCHEDULES.changes()) {
            if (change.isKnown()) {
                assertThat(change.lines()).hasSize(8).allSatisfy(line -> compareTimes(change, line));
            }
        }
    }

    private static void compareTimes(WallClockTable.Change change, String line) {
        var parts = line.split(" \\| ", -1);
        var words = parts[1].split(" ", -1);
        var around = Duration.ofSeconds(Long.parseLong(words[0]));
        var cron = Cron.parse(parts[0]);
        var last = change.at().plus(around);
        var fired = new ArrayList<Instant>();
        for (var at = cron.next(change.at().minus(around), change.zone());
                !at.isAfter(last);
                at = cron.next(at, change.zone())) {
            fired.add(at);
        }
        assertThat(fired).as("%s %s %s", change.zone(), change.at(), line).isEqualTo(times(words));
        for (var i = 1; i < fired.size(); i++) {
            for (var instant : within(fired.get(i - 1), fired.get(i), change.at())) {
                assertThat(cron.next(instant, change.zone()))
                        .as("%s %s after %s", change.zone(), line, instant)
                        .isEqualTo(fired.get(i));
                assertThat(cron.last(instant, change.zone()))
                        .as("%s %s until %s", change.zone(), line, instant)
                        .hasValue(fired.get(i - 1));
            }
        }
    }

    /** The last instant of a stretch of time, and those of the hour after a change that lie in it. */
    private static List<Instant> within(Instant from, Instant to, Instant change) {
        return Stream.concat(
                        Stream.iterate(change, instant -> instant.plusSeconds(610))
                                .limit(7)
                                .filter(instant -> !instant.isBefore(from) && instant.isBefore(to)),
                        Stream.of(to.minusNanos(1)))
                .toList();
    }

    /** The first time, and how often it went on after how many seconds. */
    private static List<Instant> times(String[] words) {
        var times = new ArrayList<>(List.of(Instant.parse(words[1])));
        for (var i = 2; i < words.length; i++) {
            var run = words[i].split("x", -1);
            for (var n = Integer.parseInt(run[1]); n > 0; n--) {
                times.add(times.getLast().plusSeconds(Long.parseLong(run[0])));
            }
        }
        return times;
    }
}
