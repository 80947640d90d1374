package io.leat.time;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One of cron's five fields: how to read its lists, ranges, steps and names into a set of bits. */
enum CronField {
    MINUTE(0, 59, ""),
    HOUR(0, 23, ""),
    DAY_OF_MONTH(1, 31, ""),
    MONTH(1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
    /** Sunday is 0 and 7. */
    DAY_OF_WEEK(0, 7, "SUN MON TUE WED THU FRI SAT");

    private static final Pattern PART =
            Pattern.compile("(?:\\*|([0-9]{1,2}|[A-Za-z]{3})(?:-([0-9]{1,2}|[A-Za-z]{3}))?)(?:/([0-9]{1,2}))?");

    private final int least;
    private final int most;
    /** Three letters each, with a space between. */
    private final String names;

    CronField(int least, int most, String names) {
        this.least = least;
        this.most = most;
        this.names = names;
    }

    /** The bits of every value that a field's text allows. */
    long parse(String text) {
        var bits = 0L;
        for (var part : text.split(",", -1)) {
            bits |= range(part);
        }
        return bits;
    }

    private long range(String part) {
        Matcher matcher = PART.matcher(part);
        if (!matcher.matches()) {
            throw unexpected(part);
        }
        var stepped = matcher.group(3) != null;
        var from = matcher.group(1) == null ? least : number(matcher.group(1), part);
        var to = matcher.group(2) != null
                ? last(matcher.group(2), from, part)
                : matcher.group(1) == null || stepped ? lastValue() : from;
        var step = stepped ? Integer.parseInt(matcher.group(3)) : 1;
        if (from > to || step == 0) {
            throw unexpected(part);
        }
        var bits = 0L;
        for (var value = from; value <= to; value += step) {
            bits |= 1L << (this == DAY_OF_WEEK ? value % 7 : value);
        }
        return bits;
    }

    /** The end of a range; a Sunday that ends a range is the one after Saturday. */
    private int last(String text, int from, String part) {
        var to = number(text, part);
        return this == DAY_OF_WEEK && to == 0 && from > 0 ? 7 : to;
    }

    private int lastValue() {
        return this == DAY_OF_WEEK ? 6 : most;
    }

    private int number(String text, String part) {
        var named = names.indexOf(text.toUpperCase(Locale.ROOT));
        var number = named >= 0 ? least + named / 4 : Character.isDigit(text.charAt(0)) ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw unexpected(part);
        }
        return number;
    }

    private IllegalArgumentException unexpected(String part) {
        var words = name().toLowerCase(Locale.ROOT).replace('_', ' ');
        var orNames =
                names.isEmpty() ? "" : " or " + names.substring(0, 3) + " to " + names.substring(names.length() - 3);
        return new IllegalArgumentException(
                "expected for cron's " + words + " *, a number from " + least + " to " + most
                        + orNames + ", a range such as " + least + "-" + (least + 4)
                        + ", perhaps with a step such as */2, but found '"
                        + part + "'");
    }
}
