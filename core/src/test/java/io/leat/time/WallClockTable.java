package io.leat.time;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A table of what happens around changes of zones' clocks, made without Java by {@code src/test/python/wall_clock_tables.py}.
 *
 * @param tzdata the version of the time zone database that it was made from
 */
record WallClockTable(String tzdata, List<Change> changes) {

    static final Instant FROM = Instant.parse("1970-01-01T00:00:00Z");
    static final Instant TO = Instant.parse("2038-01-01T00:00:00Z");

    /** A change of a zone's clock, its offsets before and after in seconds, and what the table says of it. */
    record Change(ZoneId zone, Instant at, int before, int after, List<String> lines) {

        /** Whether the database of this Java runtime knows it too. */
        boolean isKnown() {
            var rules = zone.getRules();
            return rules.getOffset(at.minusSeconds(1)).getTotalSeconds() == before
                    && rules.getOffset(at).getTotalSeconds() == after
                    && before != after;
        }
    }

    static WallClockTable read(String name) {
        try (var in = Objects.requireNonNull(WallClockTable.class.getResourceAsStream(name), name)) {
            return parsed(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WallClockTable parsed(String text) {
        var changes = new ArrayList<Change>();
        var tzdata = "";
        var zone = ZoneId.of("UTC");
        for (var line : text.lines().filter(each -> !each.startsWith("#")).toList()) {
            var words = line.split(" ", -1);
            switch (words[0]) {
                case "tzdata" -> tzdata = words[1];
                case "zone" -> zone = ZoneId.of(words[1]);
                case "change" ->
                    changes.add(new Change(
                            zone,
                            Instant.parse(words[1]),
                            Integer.parseInt(words[2]),
                            Integer.parseInt(words[3]),
                            new ArrayList<>()));
                default -> changes.getLast().lines().add(line);
            }
        }
        return new WallClockTable(tzdata, changes);
    }

    /** The zones of the table. */
    Stream<ZoneId> zones() {
        return changes.stream().map(Change::zone).distinct();
    }

    /** The instants at which the table says that a zone's clock changes. */
    List<Instant> instants(ZoneId zone) {
        return changes.stream()
                .filter(change -> change.zone().equals(zone))
                .map(Change::at)
                .toList();
    }

    /** The instants at which it does so for this Java runtime. */
    static List<Instant> instantsOfJava(ZoneId zone) {
        return Stream.iterate(
                        zone.getRules().nextTransition(FROM.minusSeconds(1)),
                        transition ->
                                transition != null && transition.getInstant().isBefore(TO),
                        transition -> zone.getRules().nextTransition(transition.getInstant()))
                .map(ZoneOffsetTransition::getInstant)
                .toList();
    }
}
