package io.leat.time;

import java.time.Instant;
import java.time.ZoneId;

/**
 * A part of a grid: from an instant on, boundaries at every granule of a zone's wall clock, until the next segment begins. Where {@code from}
 * is not itself a boundary, the first window is shorter.
 */
public record Segment(Instant from, Granularity every, ZoneId zone) {

    public Segment {
        if (!Window.isWholeSecond(from)) {
            throw new IllegalArgumentException("a grid begins at a whole second, but found " + from);
        }
    }

    /** The last boundary at or before an instant, as if the segment had no beginning. */
    long floor(long second) {
        return clock().first(every.boundary(every.index(clock().reached(second))));
    }

    /** The first boundary after an instant. */
    long after(long second) {
        return clock().first(following(second));
    }

    /** The first boundary at or after an instant. */
    long ceiling(long second) {
        return after(second - 1);
    }

    /** How many boundaries lie in {@code (from, to]}; equal boundaries are one. */
    long boundaries(long from, long to) {
        return every.index(clock().reached(to))
                - every.index(clock().reached(from))
                - clock().boundariesLost(every, from, to);
    }

    /** The smallest local boundary of the window that starts at an instant; what the clock shows there if that is no boundary. */
    long label(long start) {
        var boundary = following(start - 1);
        return clock().first(boundary) == start ? boundary : clock().local(start);
    }

    WallClock clock() {
        return WallClock.of(zone);
    }

    private long following(long second) {
        return every.boundary(every.index(clock().reached(second)) + 1);
    }
}
