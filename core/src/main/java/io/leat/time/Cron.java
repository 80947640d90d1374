package io.leat.time;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A cron schedule of five fields (minute, hour, day of month, month, day of week) or a name such as {@code @daily}, on a zone's wall clock.
 * Where both day fields are restricted (do not begin with {@code *}), a day that fits either fits, as in Vixie cron.
 *
 * <p>When the clock changes: a schedule that allows every hour goes on in real time, whenever the clock shows a minute that fits. Any other
 * fires once for each local time that fits: at the end of the gap for the times that are skipped, at the first occurrence of one that is
 * repeated. That is where a {@link Grid} has its boundaries too.
 */
public final class Cron {

    private static final Map<String, String> NAMED = Map.of(
            "@hourly", "0 * * * *",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@weekly", "0 0 * * 0",
            "@monthly", "0 0 1 * *",
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *");

    private static final int MINUTES_PER_DAY = 1440;

    /** Granularities that a schedule can imply, and the shortest they are in minutes. */
    private static final List<Map.Entry<String, Integer>> FROM_LONGEST = List.of(
            Map.entry("1y", 365 * MINUTES_PER_DAY),
            Map.entry("1mo", 28 * MINUTES_PER_DAY),
            Map.entry("1w", 7 * MINUTES_PER_DAY),
            Map.entry("1d", MINUTES_PER_DAY),
            Map.entry("1h", 60),
            Map.entry("30m", 30),
            Map.entry("15m", 15),
            Map.entry("5m", 5),
            Map.entry("1m", 1));

    private static final long ALL_HOURS = (1L << 24) - 1;
    private static final long SOME_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
    /** The calendar repeats its week days after 28 years, or after 40 across a century without leap day. */
    private static final int DAYS_TO_SEARCH = 41 * 366;

    private final String text;
    private final long minutes;
    private final long hours;
    private final long daysOfMonth;
    private final long months;
    private final long daysOfWeek;
    private final boolean eitherDay;

    private Cron(String text, String[] fields) {
        this.text = text;
        minutes = CronField.MINUTE.parse(fields[0]);
        hours = CronField.HOUR.parse(fields[1]);
        daysOfMonth = CronField.DAY_OF_MONTH.parse(fields[2]);
        months = CronField.MONTH.parse(fields[3]);
        daysOfWeek = CronField.DAY_OF_WEEK.parse(fields[4]);
        eitherDay = !fields[2].startsWith("*") && !fields[4].startsWith("*");
    }

    /**
     * Reads a schedule.
     *
     * @throws IllegalArgumentException if the text is no schedule, or one that never fires, such as the 31st of February
     */
    public static Cron parse(String text) {
        var words = text.strip().replaceAll("\\s+", " ");
        var fields = NAMED.getOrDefault(words, words).split(" ", -1);
        if (fields.length != 5) {
            throw new IllegalArgumentException(
                    "expected a cron schedule of five fields, such as '0 */2 * * *', or one of "
                            + "@hourly, @daily, @weekly, @monthly, @yearly, but found '" + text + "'");
        }
        var cron = new Cron(words, fields);
        if (cron.dayFrom(SOME_DAY).isEmpty()) {
            throw new IllegalArgumentException(
                    "the cron schedule '" + text + "' never fires: no month that it allows has such a day");
        }
        return cron;
    }

    /** The first instant after another at which the schedule fires. */
    public Instant next(Instant after, ZoneId zone) {
        var clock = WallClock.of(zone);
        var second = after.getEpochSecond();
        return Instant.ofEpochSecond(
                hours == ALL_HOURS ? nextShown(clock, second) : clock.first(following(clock.reached(second))));
    }

    /** The last instant at or before another at which the schedule fires; empty if it never did since 1970. */
    public Optional<Instant> last(Instant until, ZoneId zone) {
        for (Duration back = Duration.ofHours(1); ; back = back.multipliedBy(8)) {
            Instant from = until.minus(back);
            Instant fire = next(from, zone);
            if (!fire.isAfter(until)) {
                return Optional.of(lastFrom(fire, until, zone));
            }
            if (from.isBefore(Instant.EPOCH)) {
                return Optional.empty();
            }
        }
    }

    private Instant lastFrom(Instant fire, Instant until, ZoneId zone) {
        Instant last = fire;
        for (Instant next = next(fire, zone); !next.isAfter(until); next = next(next, zone)) {
            last = next;
        }
        return last;
    }

    /** The largest of 1m, 5m, 15m, 30m, 1h, 1d, 1w, 1mo, 1y that is no longer than the shortest time between two fires. */
    public Granularity granularity() {
        var shortest = shortestMinutes();
        return FROM_LONGEST.stream()
                .filter(every -> every.getValue() <= shortest)
                .map(every -> Granularity.parse(every.getKey()))
                .findFirst()
                .orElseThrow();
    }

    public String text() {
        return text;
    }

    /** The next instant at which the clock shows a local time that fits, whether it did so before or not. */
    private long nextShown(WallClock clock, long second) {
        var rules = clock.rules();
        var from = second;
        var offset = clock.offset(second);
        while (true) {
            var shown = following(from + offset) - offset;
            var transition = rules.nextTransition(Instant.ofEpochSecond(from));
            if (transition == null || shown < transition.toEpochSecond()) {
                return shown;
            }
            offset = transition.getOffsetAfter().getTotalSeconds();
            from = transition.toEpochSecond();
            if (fits(from + offset)) {
                return from;
            }
        }
    }

    private boolean fits(long local) {
        return following(local - 1) == local;
    }

    /** The first local time after another that fits. */
    private long following(long local) {
        var minute = Math.floorDiv(local, 60L) + 1;
        var day = Math.floorDiv(minute, (long) MINUTES_PER_DAY);
        var time = timeFrom(Math.floorMod(minute, MINUTES_PER_DAY));
        if (time.isEmpty() || !fits(LocalDate.ofEpochDay(day))) {
            day = dayFrom(day + 1).orElseThrow();
            time = timeFrom(0);
        }
        return (day * MINUTES_PER_DAY + time.orElseThrow()) * 60;
    }

    /** The first minute of the day, from one on, that fits. */
    private OptionalInt timeFrom(int minuteOfDay) {
        for (var minute = minuteOfDay; minute < MINUTES_PER_DAY; minute++) {
            if (has(hours, minute / 60) && has(minutes, minute % 60)) {
                return OptionalInt.of(minute);
            }
        }
        return OptionalInt.empty();
    }

    /** The first day, from one on, that fits. */
    private OptionalLong dayFrom(long epochDay) {
        for (var day = epochDay; day < epochDay + DAYS_TO_SEARCH; day++) {
            if (fits(LocalDate.ofEpochDay(day))) {
                return OptionalLong.of(day);
            }
        }
        return OptionalLong.empty();
    }

    private boolean fits(LocalDate day) {
        var ofMonth = has(daysOfMonth, day.getDayOfMonth());
        var ofWeek = has(daysOfWeek, day.getDayOfWeek().getValue() % 7);
        return has(months, day.getMonthValue()) && (eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek);
    }

    private long shortestMinutes() {
        var first = timeFrom(0).orElseThrow();
        var last = first;
        var shortest = Long.MAX_VALUE;
        for (var time = timeFrom(first + 1); time.isPresent(); time = timeFrom(last + 1)) {
            shortest = Math.min(shortest, time.getAsInt() - last);
            last = time.getAsInt();
        }
        return Math.min(shortest, shortestDays() * MINUTES_PER_DAY - (last - first));
    }

    /** Between two days that fit, as found in a dozen years. */
    private long shortestDays() {
        var shortest = 4 * 366L;
        var day = dayFrom(SOME_DAY).orElseThrow();
        while (day < SOME_DAY + 12 * 366) {
            var next = dayFrom(day + 1).orElseThrow();
            shortest = Math.min(shortest, next - day);
            day = next;
        }
        return shortest;
    }

    private static boolean has(long bits, int value) {
        return (bits >> value & 1) == 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cron that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
