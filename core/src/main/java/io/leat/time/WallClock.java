package io.leat.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/**
 * A zone's wall clock as two monotone functions, which hold every rule about gaps and repeated hours:
 *
 * <ul>
 *   <li>{@link #first}: the first instant at which the clock shows a local time or a later one. A time inside a gap becomes the gap's end,
 *       one that occurs twice its first occurrence.
 *   <li>{@link #reached}: the latest local time the clock has shown up to an instant. It stands still while an hour is repeated.
 * </ul>
 *
 * <p>{@code first(local) <= instant} exactly if {@code local <= reached(instant)}. Both work on whole seconds, local times as seconds since
 * local 1970-01-01T00:00.
 */
record WallClock(ZoneRules rules) {

    /** Offsets lie within 18 hours of UTC. */
    private static final long WIDEST_OFFSET = 18 * 3600L;

    static WallClock of(ZoneId zone) {
        return new WallClock(zone.getRules());
    }

    long first(long local) {
        var second = local - WIDEST_OFFSET;
        while (true) {
            var next = rules.nextTransition(Instant.ofEpochSecond(second));
            var reached = Math.max(second, local - offset(second));
            if (next == null || reached < next.toEpochSecond()) {
                return reached;
            }
            second = next.toEpochSecond();
        }
    }

    long reached(long second) {
        var reached = local(second);
        var previous = rules.previousTransition(Instant.ofEpochSecond(second + 1));
        while (previous != null && previous.toEpochSecond() > second - 2 * WIDEST_OFFSET) {
            reached = Math.max(
                    reached,
                    previous.toEpochSecond() - 1 + previous.getOffsetBefore().getTotalSeconds());
            previous = rules.previousTransition(previous.getInstant());
        }
        return reached;
    }

    /** What the clock shows at an instant. */
    long local(long second) {
        return second + offset(second);
    }

    long offset(long second) {
        return rules.getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
    }

    /** How many boundaries coincide with the one before, because the clock jumped over both within {@code (from, to]}. */
    long boundariesLost(Granularity every, long from, long to) {
        var lost = 0L;
        var next = rules.nextTransition(Instant.ofEpochSecond(from));
        while (next != null && next.toEpochSecond() <= to) {
            var jumped = every.index(reached(next.toEpochSecond())) - every.index(reached(next.toEpochSecond() - 1));
            lost += Math.max(0, jumped - 1);
            next = rules.nextTransition(next.getInstant());
        }
        return lost;
    }

    static long seconds(LocalDateTime local) {
        return local.toEpochSecond(ZoneOffset.UTC);
    }

    static LocalDateTime dateTime(long local) {
        return LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
    }
}
