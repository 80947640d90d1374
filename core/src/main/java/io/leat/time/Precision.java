package io.leat.time;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How much of a local time a text shows. */
enum Precision {
    YEAR("uuuu"),
    MONTH("uuuu-MM"),
    DAY("uuuu-MM-dd"),
    HOUR("uuuu-MM-dd'T'HH"),
    MINUTE("uuuu-MM-dd'T'HH:mm"),
    SECOND("uuuu-MM-dd'T'HH:mm:ss");

    private final DateTimeFormatter form;

    Precision(String pattern) {
        form = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    }

    /** What shows every boundary of a granularity. */
    static Precision of(Granularity every) {
        return switch (every.unit()) {
            case MINUTE -> MINUTE;
            case HOUR -> HOUR;
            case DAY, WEEK -> DAY;
            case MONTH -> MONTH;
            case YEAR -> YEAR;
        };
    }

    /** What shows all of a local time that is on no boundary. */
    static Precision of(LocalDateTime local) {
        return local.equals(local.truncatedTo(ChronoUnit.MINUTES)) ? MINUTE : SECOND;
    }

    String format(LocalDateTime local) {
        return form.format(local);
    }
}
