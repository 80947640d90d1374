package io.leat.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An immutable set of instants, in whole seconds, kept as its runs: maximal half-open intervals in order. Windows that touch become one run,
 * so a year of adjacent windows takes the room of one. Equal sets are equal, however they came about.
 */
public final class IntervalSet implements Iterable<Window> {

    private static final IntervalSet EMPTY = new IntervalSet(new long[0]);

    /** Start and end of each run in turn, strictly ascending. An index is even outside, odd inside. */
    private final long[] bounds;

    private IntervalSet(long[] bounds) {
        this.bounds = bounds;
    }

    public static IntervalSet empty() {
        return EMPTY;
    }

    public static IntervalSet of(Window... windows) {
        return of(List.of(windows));
    }

    /** The union of windows in any order, which may overlap. */
    public static IntervalSet of(Collection<Window> windows) {
        var bounds = new long[2 * windows.size()];
        var size = 0;
        for (var window : windows.stream().sorted().toList()) {
            var start = window.start().getEpochSecond();
            var end = window.end().getEpochSecond();
            if (size > 0 && start <= bounds[size - 1]) {
                bounds[size - 1] = Math.max(bounds[size - 1], end);
            } else {
                bounds[size++] = start;
                bounds[size++] = end;
            }
        }
        return new IntervalSet(Arrays.copyOf(bounds, size));
    }

    public IntervalSet add(Window window) {
        return union(of(window));
    }

    public IntervalSet union(IntervalSet other) {
        return combine(other, (mine, theirs) -> mine || theirs);
    }

    public IntervalSet minus(IntervalSet other) {
        return combine(other, (mine, theirs) -> mine && !theirs);
    }

    public IntervalSet minus(Window window) {
        return minus(of(window));
    }

    public IntervalSet intersect(IntervalSet other) {
        return combine(other, (mine, theirs) -> mine && theirs);
    }

    public IntervalSet intersect(Window window) {
        return intersect(of(window));
    }

    public boolean contains(Instant instant) {
        return isInside(boundsUpTo(instant.getEpochSecond()));
    }

    /** Whether every instant of a window is in this set. */
    public boolean contains(Window window) {
        var upToStart = boundsUpTo(window.start().getEpochSecond());
        return isInside(upToStart) && window.end().getEpochSecond() <= bounds[upToStart];
    }

    /** Whether any instant of a window is in this set. */
    public boolean overlaps(Window window) {
        var upToStart = boundsUpTo(window.start().getEpochSecond());
        return isInside(upToStart)
                || (upToStart < bounds.length
                        && bounds[upToStart] < window.end().getEpochSecond());
    }

    /** Whether every instant of this set is in another. */
    public boolean coveredBy(IntervalSet other) {
        return minus(other).isEmpty();
    }

    public boolean isEmpty() {
        return bounds.length == 0;
    }

    /** How many runs there are. */
    public int size() {
        return bounds.length / 2;
    }

    /** The smallest window that contains the set. */
    public Optional<Window> span() {
        return isEmpty() ? Optional.empty() : Optional.of(Window.ofSeconds(bounds[0], bounds[bounds.length - 1]));
    }

    /** The lengths of all runs together. */
    public Duration length() {
        return stream().map(Window::length).reduce(Duration.ZERO, Duration::plus);
    }

    /** The runs in order. */
    public Stream<Window> stream() {
        return IntStream.range(0, size()).mapToObj(run -> Window.ofSeconds(bounds[2 * run], bounds[2 * run + 1]));
    }

    @Override
    public Iterator<Window> iterator() {
        return stream().iterator();
    }

    /** How many bounds are at or before a second; also the index of the next one. */
    private int boundsUpTo(long second) {
        var found = Arrays.binarySearch(bounds, second);
        return found >= 0 ? found + 1 : -found - 1;
    }

    private static boolean isInside(int passed) {
        return passed % 2 == 1;
    }

    private IntervalSet combine(IntervalSet other, Membership membership) {
        var combined = new long[bounds.length + other.bounds.length];
        var size = 0;
        var mine = 0;
        var theirs = 0;
        while (mine < bounds.length || theirs < other.bounds.length) {
            var at = Math.min(
                    mine < bounds.length ? bounds[mine] : Long.MAX_VALUE,
                    theirs < other.bounds.length ? other.bounds[theirs] : Long.MAX_VALUE);
            mine += mine < bounds.length && bounds[mine] == at ? 1 : 0;
            theirs += theirs < other.bounds.length && other.bounds[theirs] == at ? 1 : 0;
            if (membership.of(isInside(mine), isInside(theirs)) != isInside(size)) {
                combined[size++] = at;
            }
        }
        return new IntervalSet(Arrays.copyOf(combined, size));
    }

    @FunctionalInterface
    private interface Membership {
        boolean of(boolean mine, boolean theirs);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IntervalSet that && Arrays.equals(bounds, that.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        return stream().map(Window::toString).collect(Collectors.joining(", ", "{", "}"));
    }
}
