package io.leat.time;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The windows between two local times, one after the other, by the calendar and the rules of {@code java.time} alone: every local boundary is
 * visited, becomes an instant, and is dropped if the one before has become the same.
 */
final class NaiveWindows implements Iterator<NaiveWindows.Named> {

    /** A window and its smallest local boundary. */
    record Named(Window window, LocalDateTime label) {}

    private final String every;
    private final ZoneId zone;
    private final LocalDateTime to;
    private LocalDateTime boundary;
    private LocalDateTime label;
    private Instant start;
    private @Nullable Named next;

    /** From the first boundary at or after {@code from} to the last at or before {@code to}. */
    NaiveWindows(String every, ZoneId zone, LocalDateTime from, LocalDateTime to) {
        this.every = every;
        this.zone = zone;
        this.to = to;
        this.boundary = floor(every, from);
        while (boundary.isBefore(from)) {
            boundary = following(every, boundary);
        }
        this.label = boundary;
        this.start = instant(zone, boundary);
        advance();
    }

    /** Where the window that comes next starts; the end of the last when none is left. */
    Instant start() {
        return start;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Named next() {
        Named named = next;
        if (named == null) {
            throw new NoSuchElementException();
        }
        start = named.window().end();
        label = boundary;
        advance();
        return named;
    }

    private void advance() {
        var end = start;
        while (!end.isAfter(start)) {
            boundary = following(every, boundary);
            if (boundary.isAfter(to)) {
                next = null;
                return;
            }
            end = instant(zone, boundary);
        }
        next = new Named(new Window(start, end), label);
    }

    /** The last boundary at or before a local time. */
    static LocalDateTime floor(String every, LocalDateTime local) {
        LocalDate day = local.toLocalDate();
        return switch (every) {
            case "1d" -> day.atStartOfDay();
            case "1w" -> day.with(DayOfWeek.MONDAY).atStartOfDay();
            case "1mo" -> day.withDayOfMonth(1).atStartOfDay();
            default -> {
                long minutes = Duration.between(day.atStartOfDay(), following(every, day.atStartOfDay()))
                        .toMinutes();
                yield day.atStartOfDay().plusMinutes(local.toLocalTime().toSecondOfDay() / 60 / minutes * minutes);
            }
        };
    }

    static LocalDateTime following(String every, LocalDateTime boundary) {
        return switch (every) {
            case "15m" -> boundary.plusMinutes(15);
            case "1h" -> boundary.plusHours(1);
            case "2h" -> boundary.plusHours(2);
            case "6h" -> boundary.plusHours(6);
            case "1d" -> boundary.plusDays(1);
            case "1w" -> boundary.plusWeeks(1);
            case "1mo" -> boundary.plusMonths(1);
            default -> throw new IllegalArgumentException(every);
        };
    }

    /** The first instant at which a local time has come: in a gap the gap's end, of two the earlier. */
    static Instant instant(ZoneId zone, LocalDateTime local) {
        var transition = zone.getRules().getTransition(local);
        return transition != null && transition.isGap()
                ? transition.getInstant()
                : local.toInstant(zone.getRules().getValidOffsets(local).getFirst());
    }
}
