package io.leat.time;

import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.SortedSet;
import java.util.TreeSet;

/** The time zone database of this Java runtime: the only one that decides. */
public final class Tzdb {

    private Tzdb() {}

    /** Its version, such as {@code 2026a}; stored with a grid, whose future windows another version may move. */
    public static String version() {
        return ZoneRulesProvider.getVersions("UTC").lastKey();
    }

    /** All names that {@link #zone} accepts. */
    public static SortedSet<String> names() {
        return new TreeSet<>(ZoneRulesProvider.getAvailableZoneIds());
    }

    /**
     * A zone by its name.
     *
     * @throws IllegalArgumentException if the database has no zone of this name
     */
    public static ZoneId zone(String name) {
        if (!ZoneRulesProvider.getAvailableZoneIds().contains(name)) {
            throw new IllegalArgumentException("expected the name of a time zone, such as UTC, Europe/Berlin or "
                    + "America/Los_Angeles, but found '" + name + "'");
        }
        return ZoneId.of(name);
    }
}
