package io.leat.time;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An exact length of time, as stability, lateness, retention, leases and retries have it. It knows no calendar: {@code 1d} is 24 hours, also
 * across a change of the clock; {@code 1w} is 7 days, {@code 1mo} 30 days, {@code 1y} 365 days.
 */
public record TimeSpan(Duration length) implements Comparable<TimeSpan> {

    public static final TimeSpan ZERO = new TimeSpan(Duration.ZERO);

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d|w|mo|y)?");
    private static final Duration DAY = Duration.ofDays(1);

    public TimeSpan {
        if (length.isNegative() || !length.equals(length.truncatedTo(ChronoUnit.MILLIS))) {
            throw new IllegalArgumentException("expected a length of time in whole milliseconds, but found " + length);
        }
    }

    /**
     * Reads a count and a unit.
     *
     * @throws IllegalArgumentException if the text is not a count and a unit, such as {@code 90s}, {@code 1d}, {@code 7d}; or {@code 0}
     */
    public static TimeSpan parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || (matcher.group(2) == null && !text.equals("0"))) {
            throw new IllegalArgumentException(
                    "expected a count and a unit (ms, s, m, h, d, w, mo, y), such as 90s, 15m, 1d "
                            + "or 30d, but found '" + text + "'");
        }
        return new TimeSpan(
                unit(matcher.group(2) == null ? "s" : matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1))));
    }

    private static Duration unit(String suffix) {
        return switch (suffix) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "w" -> DAY.multipliedBy(7);
            case "mo" -> DAY.multipliedBy(30);
            case "y" -> DAY.multipliedBy(365);
            default -> DAY;
        };
    }

    public Instant after(Instant instant) {
        return instant.plus(length);
    }

    public Instant before(Instant instant) {
        return instant.minus(length);
    }

    /** The length in the largest of d, h, m, s, ms that needs no fraction. */
    public String text() {
        var millis = length.toMillis();
        if (millis == 0) {
            return "0s";
        }
        for (var suffix : new String[] {"d", "h", "m", "s"}) {
            if (millis % unit(suffix).toMillis() == 0) {
                return millis / unit(suffix).toMillis() + suffix;
            }
        }
        return millis + "ms";
    }

    @Override
    public int compareTo(TimeSpan other) {
        return length.compareTo(other.length);
    }

    @Override
    public String toString() {
        return text();
    }
}
