package io.leat.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * A schedule made up at random together with what it means: the values that each field allows. Its times are found by trying every
 * minute.
 */
record NaiveCron(
        String text, BitSet minutes, BitSet hours, BitSet days, BitSet months, BitSet weekdays, boolean eitherDay) {

    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> WEEKDAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    /** One of the five fields. */
    private static final class Field {
        private final RandomGenerator random;
        private final int least;
        private final int most;
        private final List<String> names;
        private final BitSet values = new BitSet();
        private String text = "";

        Field(RandomGenerator random, int least, int most, List<String> names) {
            this.random = random;
            this.least = least;
            this.most = most;
            this.names = names;
        }

        Field any() {
            values.set(least, most + 1);
            text = "*";
            return this;
        }

        Field some() {
            for (var parts = 1 + random.nextInt(2); parts > 0; parts--) {
                text += (text.isEmpty() ? "" : ",") + part();
            }
            return this;
        }

        private String part() {
            var from = random.nextInt(least, most + 1);
            var to = random.nextInt(from, most + 1);
            var step = 1 + random.nextInt(Math.max(2, (most - least) / 2));
            return switch (random.nextInt(5)) {
                case 0 -> allowed("*/" + step, least, most, step);
                case 1 -> allowed(name(from) + "-" + name(to), from, to, 1);
                case 2 -> allowed(name(from) + "-" + name(to) + "/" + step, from, to, step);
                case 3 -> allowed(name(from) + "/" + step, from, most, step);
                default -> allowed(name(from), from, from, 1);
            };
        }

        private String allowed(String part, int from, int to, int step) {
            for (var value = from; value <= to; value += step) {
                values.set(value);
            }
            return part;
        }

        private String name(int value) {
            return names.isEmpty() || random.nextBoolean() ? String.valueOf(value) : names.get(value - least);
        }
    }

    /** Often enough without a restriction of its days that it fires within a few of them. */
    static NaiveCron random(RandomGenerator random) {
        var minute = new Field(random, 0, 59, List.of());
        var hour = new Field(random, 0, 23, List.of());
        var day = new Field(random, 1, 31, List.of());
        var month = new Field(random, 1, 12, MONTHS);
        var weekday = new Field(random, 0, 6, WEEKDAYS);
        choose(random, minute, 5);
        choose(random, hour, 3);
        choose(random, day, 2);
        choose(random, month, 1);
        choose(random, weekday, 2);
        var made = new NaiveCron(
                String.join(" ", minute.text, hour.text, day.text, month.text, weekday.text),
                minute.values,
                hour.values,
                day.values,
                month.values,
                weekday.values,
                !day.text.startsWith("*") && !weekday.text.startsWith("*"));
        // a schedule for nothing but the 31st of some month may never fire, and is refused
        return day.values.nextSetBit(0) > 28 ? random(random) : made;
    }

    private static void choose(RandomGenerator random, Field field, int ofSix) {
        if (random.nextInt(6) < ofSix) {
            field.some();
        } else {
            field.any();
        }
    }

    private boolean fits(LocalDateTime local) {
        var ofMonth = days.get(local.getDayOfMonth());
        var ofWeek = weekdays.get(local.getDayOfWeek().getValue() % 7);
        return local.getSecond() == 0
                && minutes.get(local.getMinute())
                && hours.get(local.getHour())
                && months.get(local.getMonthValue())
                && (eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek);
    }

    /** The instants after one up to another at which it fires. */
    List<Instant> times(ZoneId zone, Instant after, Instant until) {
        var found = hours.cardinality() == 24 ? shown(zone, after, until) : once(zone, after, until);
        return found.stream()
                .filter(instant -> instant.isAfter(after) && !instant.isAfter(until))
                .toList();
    }

    /** It allows every hour: whenever the clock shows a minute that fits. A clock may be half a minute off. */
    private Collection<Instant> shown(ZoneId zone, Instant after, Instant until) {
        var times = new TreeSet<Instant>();
        for (var at = after; !at.isAfter(until); at = at.plusSeconds(30)) {
            if (fits(LocalDateTime.ofInstant(at, zone))) {
                times.add(at);
            }
        }
        return times;
    }

    /** Once for each local minute that fits: at the end of a gap for those in it, at the first of two occurrences. */
    private Collection<Instant> once(ZoneId zone, Instant after, Instant until) {
        var times = new TreeSet<Instant>();
        var last = LocalDateTime.ofInstant(until, zone).plusDays(2);
        for (var local = LocalDateTime.ofInstant(after, zone).minusDays(2).withSecond(0);
                local.isBefore(last);
                local = local.plusMinutes(1)) {
            if (fits(local)) {
                times.add(NaiveWindows.instant(zone, local));
            }
        }
        return times;
    }
}
