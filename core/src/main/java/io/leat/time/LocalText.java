package io.leat.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date and time as people type it, to any precision, perhaps with an offset: {@code 2001-01}, {@code 2001-01-01T02:15}, {@code
 * 2001-01-01T02Z}. What is left out is the earliest.
 */
record LocalText(
        LocalDateTime local, Precision precision, @Nullable ZoneOffset offset) {

    /** Its groups bear the names of what they make precise. */
    private static final Pattern TEXT = Pattern.compile("(?<YEAR>\\d{4})(?:-(?<MONTH>\\d{2})(?:-(?<DAY>\\d{2})"
            + "(?:[T ](?<HOUR>\\d{2})(?::(?<MINUTE>\\d{2})(?::(?<SECOND>\\d{2}))?)?"
            + "(?<offset>Z|[+-]\\d{2}(?::\\d{2}){0,2})?)?)?)?");

    static LocalText parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw unexpected(text);
        }
        try {
            var local = LocalDateTime.of(
                    Integer.parseInt(matcher.group("YEAR")),
                    number(matcher.group("MONTH"), 1),
                    number(matcher.group("DAY"), 1),
                    number(matcher.group("HOUR"), 0),
                    number(matcher.group("MINUTE"), 0),
                    number(matcher.group("SECOND"), 0));
            var offset = matcher.group("offset");
            return new LocalText(local, precision(matcher), offset == null ? null : ZoneOffset.of(offset));
        } catch (DateTimeException _) {
            throw unexpected(text);
        }
    }

    /** The instant, where the text has an offset. */
    Optional<Instant> instant() {
        return offset == null ? Optional.empty() : Optional.of(local.toInstant(offset));
    }

    private static int number(@Nullable String digits, int absent) {
        return digits == null ? absent : Integer.parseInt(digits);
    }

    private static Precision precision(Matcher matcher) {
        var finest = Precision.YEAR;
        for (var precision : Precision.values()) {
            if (matcher.group(precision.name()) != null) {
                finest = precision;
            }
        }
        return finest;
    }

    private static IllegalArgumentException unexpected(String text) {
        return new IllegalArgumentException("expected a date or a date and time, such as 2001-01-31, 2001-01-31T02, "
                + "2001-01-31T02:15 or 2001-01-31T02:15Z, but found '" + text + "'");
    }
}
