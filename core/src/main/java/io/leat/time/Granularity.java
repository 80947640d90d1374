package io.leat.time;

import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far apart the boundaries of a grid are on the local wall clock. Minutes and hours divide a day evenly and count from local midnight;
 * days count from 1970-01-01, weeks from Monday 1970-01-05, months and years from January 1970.
 *
 * <p>Equal boundaries are equal granularities: {@code 60m} is {@code 1h}, {@code 24h} is {@code 1d}, {@code 12mo} is {@code 1y}. A {@code 7d}
 * is not a {@code 1w}: it counts from a Thursday.
 */
public record Granularity(int count, Unit unit) {

    /** A unit of the calendar and its suffix in texts. */
    public enum Unit {
        MINUTE("m", 60),
        HOUR("h", 3600),
        DAY("d", 86_400),
        WEEK("w", 604_800),
        MONTH("mo", 0),
        YEAR("y", 0);

        private final String suffix;
        private final long seconds;

        Unit(String suffix, long seconds) {
            this.suffix = suffix;
            this.seconds = seconds;
        }
    }

    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,3})(m|h|d|w|mo|y)");
    private static final int MINUTES_PER_DAY = 1440;
    private static final long FIRST_MONDAY = 4 * 86_400L;
    private static final long FIRST_MONTH = 1970 * 12L;

    public Granularity {
        if (count < 1 || count > 9999) {
            throw new IllegalArgumentException("expected a count from 1 to 9999, but found " + count);
        }
        if (unit == Unit.MINUTE && count % 60 == 0) {
            count /= 60;
            unit = Unit.HOUR;
        }
        if (unit == Unit.HOUR && count == 24) {
            count = 1;
            unit = Unit.DAY;
        }
        if (unit == Unit.MONTH && count % 12 == 0) {
            count /= 12;
            unit = Unit.YEAR;
        }
        var minutes = unit == Unit.MINUTE ? count : unit == Unit.HOUR ? count * 60 : 1;
        if (MINUTES_PER_DAY % minutes != 0) {
            throw new IllegalArgumentException("minutes and hours must divide a day evenly, but '" + count + unit.suffix
                    + "' does not; use for example 15m, 30m, 1h, 2h, 6h, 12h");
        }
    }

    /**
     * Reads a count and a unit.
     *
     * @throws IllegalArgumentException if the text is not a count and a unit, such as {@code 15m}, {@code 2h}, {@code 1mo}
     */
    public static Granularity parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "expected a count and a unit (m, h, d, w, mo, y), such as 15m, 2h, 1d, 1w, "
                            + "1mo or 1y, but found '" + text + "'");
        }
        for (var unit : Unit.values()) {
            if (unit.suffix.equals(matcher.group(2))) {
                return new Granularity(Integer.parseInt(matcher.group(1)), unit);
            }
        }
        throw new IllegalStateException("a unit without a constant: " + text);
    }

    public String text() {
        return count + unit.suffix;
    }

    @Override
    public String toString() {
        return text();
    }

    /** The number of the local interval that a local time (seconds since local 1970-01-01) lies in. */
    long index(long local) {
        return switch (unit) {
            case MINUTE, HOUR, DAY -> Math.floorDiv(local, unit.seconds * count);
            case WEEK -> Math.floorDiv(local - FIRST_MONDAY, unit.seconds * count);
            case MONTH -> Math.floorDiv(month(local), (long) count);
            case YEAR -> Math.floorDiv(month(local), 12L * count);
        };
    }

    /** The local time at which the interval with this number starts. */
    long boundary(long index) {
        return switch (unit) {
            case MINUTE, HOUR, DAY -> index * unit.seconds * count;
            case WEEK -> index * unit.seconds * count + FIRST_MONDAY;
            case MONTH -> firstOfMonth(index * count);
            case YEAR -> firstOfMonth(index * count * 12);
        };
    }

    boolean isBoundary(long local) {
        return boundary(index(local)) == local;
    }

    private static long month(long local) {
        return LocalDate.ofEpochDay(Math.floorDiv(local, 86_400L)).getLong(ChronoField.PROLEPTIC_MONTH) - FIRST_MONTH;
    }

    private static long firstOfMonth(long month) {
        return LocalDate.of((int) (1970 + Math.floorDiv(month, 12L)), (int) Math.floorMod(month, 12L) + 1, 1)
                        .toEpochDay()
                * 86_400L;
    }
}
