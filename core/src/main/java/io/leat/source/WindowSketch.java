package io.leat.source;

import io.leat.schema.LeatType;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** A window section as a suggestion: the length by how many rows there are in a time. */
final class WindowSketch {

    private static final long MANY = 2_000_000;
    private static final long SOME = 50;
    private static final long TOO_FEW = 100;

    private WindowSketch() {}

    /** Lines of comment; empty if the rows are few or span less than two windows. */
    static List<String> of(Proof.Span span, long rows, ZoneId zone) {
        LocalDateTime least = local(span.least());
        LocalDateTime greatest = local(span.greatest());
        if (rows < TOO_FEW || least.getYear() < 1900 || greatest.getYear() > 2200) {
            return List.of();
        }
        double days = Math.max(1.0 / 24, ChronoUnit.MINUTES.between(least, greatest) / 1440.0);
        String every = every(rows / days, span.column().type());
        Optional<String> start = start(least, greatest, every);
        if (start.isEmpty()) {
            return List.of();
        }
        String zoneNote = span.column().type() == LeatType.TIMESTAMP
                ? "the zone whose days you mean"
                : "the zone of the clock that " + span.column().name() + " was read from";
        return List.of(
                "# To load window by window, so that new rows bring only their own windows (times here: "
                        + span.least(),
                "# to " + span.greatest() + "):",
                "# window:",
                "#   column: " + YamlText.of(span.column().name()),
                "#   every: " + every,
                "#   timezone: " + zone + "   # " + zoneNote,
                "#   start: " + start.get());
    }

    private static String every(double perDay, LeatType type) {
        if (perDay > MANY && type != LeatType.DATE) {
            return "1h";
        }
        return perDay >= SOME ? "1d" : perDay * 30 >= SOME ? "1mo" : "1y";
    }

    private static Optional<String> start(LocalDateTime least, LocalDateTime greatest, String every) {
        LocalDate day = least.toLocalDate();
        return switch (every) {
            case "1h" ->
                after(least.truncatedTo(ChronoUnit.HOURS).plusHours(1), greatest, least.truncatedTo(ChronoUnit.HOURS));
            case "1d" -> after(day.plusDays(1).atStartOfDay(), greatest, day);
            case "1mo" -> after(day.withDayOfMonth(1).plusMonths(1).atStartOfDay(), greatest, day.withDayOfMonth(1));
            default -> after(day.withDayOfYear(1).plusYears(1).atStartOfDay(), greatest, day.withDayOfYear(1));
        };
    }

    private static Optional<String> after(LocalDateTime firstEnd, LocalDateTime greatest, Object start) {
        return greatest.isBefore(firstEnd) ? Optional.empty() : Optional.of(start.toString());
    }

    private static LocalDateTime local(String text) {
        String plain = text.replaceFirst("[+-][0-9]{2}(:[0-9]{2})?$", "").replace(' ', 'T');
        try {
            return text.indexOf(':') < 0 ? LocalDate.parse(text).atStartOfDay() : LocalDateTime.parse(plain);
        } catch (DateTimeParseException beyond) {
            return LocalDateTime.MIN;
        }
    }
}
