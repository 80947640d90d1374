package io.leat.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers, sizes, durations and times as people read them. */
public final class Human {
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter ZONE = DateTimeFormatter.ofPattern("z", Locale.ENGLISH);
    private static final String[] UNITS = {"KB", "MB", "GB", "TB", "PB", "EB"};

    private Human() {}

    /** {@code 1,234,567}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 row}, {@code 1,234 rows}. */
    public static String count(long number, String singular, String plural) {
        return count(number) + " " + (number == 1 ? singular : plural);
    }

    /** {@code 812 B}, {@code 1.5 GB}; a kilobyte has 1,000 bytes. */
    public static String bytes(long bytes) {
        if (Math.abs(bytes) < 1000) {
            return bytes + " B";
        }
        double size = bytes;
        int unit = -1;
        while (Math.abs(size) >= 999.95 && unit < UNITS.length - 1) {
            size /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
    }

    /** {@code 12 ms}, {@code 1.2 s}, {@code 3 m 12 s}, {@code 2 h 5 m}, {@code 3 d 4 h}. */
    public static String duration(Duration duration) {
        if (duration.isNegative()) {
            return "-" + duration(duration.negated());
        }
        long seconds = duration.toSeconds();
        if (seconds == 0) {
            return duration.toMillis() + " ms";
        }
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0)
                    .replace("60.0 s", "1 m 0 s");
        }
        if (seconds < 3600) {
            return seconds / 60 + " m " + seconds % 60 + " s";
        }
        if (seconds < 86_400) {
            return seconds / 3600 + " h " + seconds % 3600 / 60 + " m";
        }
        return seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
    }

    /** {@code 2001-01-01 02:00 PST (10:00Z)}: local time with zone beside UTC; UTC alone as {@code 2001-01-01 10:00Z}. */
    public static String time(ZonedDateTime time) {
        LocalDateTime utc = time.withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
        if (isUtc(time.getZone())) {
            return text(utc) + "Z";
        }
        String universal = text(utc);
        String beside =
                utc.toLocalDate().equals(time.toLocalDate()) ? universal.substring("uuuu-MM-dd ".length()) : universal;
        return text(time.toLocalDateTime()) + " " + ZONE.format(time) + " (" + beside + "Z)";
    }

    public static String time(Instant instant, ZoneId zone) {
        return time(instant.atZone(zone));
    }

    private static boolean isUtc(ZoneId zone) {
        return zone.getRules().isFixedOffset()
                && zone.getRules().getOffset(Instant.EPOCH).equals(ZoneOffset.UTC);
    }

    private static String text(LocalDateTime time) {
        return (time.getSecond() == 0 ? MINUTES : SECONDS).format(time);
    }
}
