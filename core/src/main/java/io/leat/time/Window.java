package io.leat.time;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/**
 * A half-open interval {@code [start, end)} of instants, in whole seconds, never empty, within the years 0000 to 9999. Ordered by start, then
 * end.
 */
public record Window(Instant start, Instant end) implements Comparable<Window> {

    static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private static final Comparator<Window> ORDER =
            Comparator.comparing(Window::start).thenComparing(Window::end);

    public Window {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException(
                    "a window's end must be after its start, but it is " + start + " to " + end);
        }
        if (!isWholeSecond(start) || !isWholeSecond(end)) {
            throw new IllegalArgumentException(
                    "a window's bounds are whole seconds, but it is " + start + " to " + end);
        }
        if (start.isBefore(EARLIEST) || end.isAfter(LATEST)) {
            throw new IllegalArgumentException(
                    "a window lies within the years 0000 to 9999, but it is " + start + " to " + end);
        }
    }

    static boolean isWholeSecond(Instant instant) {
        return instant.equals(instant.truncatedTo(ChronoUnit.SECONDS));
    }

    static Window ofSeconds(long start, long end) {
        return new Window(Instant.ofEpochSecond(start), Instant.ofEpochSecond(end));
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(start) && instant.isBefore(end);
    }

    public boolean contains(Window other) {
        return !other.start.isBefore(start) && !other.end.isAfter(end);
    }

    public boolean overlaps(Window other) {
        return start.isBefore(other.end) && other.start.isBefore(end);
    }

    public Duration length() {
        return Duration.between(start, end);
    }

    @Override
    public int compareTo(Window other) {
        return ORDER.compare(this, other);
    }

    /** Both instants with a slash between them, as ISO 8601 writes an interval. */
    @Override
    public String toString() {
        return start + "/" + end;
    }
}
