package io.leat.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as a user writes them: a whole number with ms, s, m, h, d or w; several parts may follow each other. */
final class DurationText {

    static final String FORM = "([0-9]{1,9}(ms|s|m|h|d|w) ?)+";

    private static final Pattern WHOLE = Pattern.compile("([0-9]{1,9}+(ms|s|m|h|d|w) ?)++");
    private static final Pattern PART = Pattern.compile("([0-9]{1,9}+)(ms|s|m|h|d|w)");

    private DurationText() {}

    static Duration parse(String text) {
        if (text.length() > 100 || !WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a duration such as 90s, 15m, 2h or 7d");
        }
        Duration sum = Duration.ZERO;
        for (Matcher part = PART.matcher(text); part.find(); ) {
            sum = sum.plus(length(Long.parseLong(part.group(1)), part.group(2)));
        }
        return sum;
    }

    private static Duration length(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofDays(7 * number);
        };
    }
}
