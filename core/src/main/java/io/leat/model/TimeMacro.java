package io.leat.model;

import io.leat.time.Window;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A macro variable that stands for a moment, such as {@code @start_ds}. As in SQLMesh, all are in UTC, and the end is inclusive: the last
 * microsecond that belongs to the window, so that {@code BETWEEN @start_ts AND @end_ts} takes exactly the window.
 */
record TimeMacro(Moment moment, Form form) {

    enum Moment {
        START,
        END,
        EXECUTION
    }

    enum Form {
        DT,
        DTNTZ,
        DATE,
        DS,
        TS,
        TSTZ,
        HOUR,
        EPOCH,
        MILLIS
    }

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MICROSECOND = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Values to parse and bind a query with, of the same types as the real ones. */
    static final Bindings SAMPLE = new Bindings(
            new Window(Instant.parse("2001-02-03T04:00:00Z"), Instant.parse("2001-02-03T05:00:00Z")),
            Instant.parse("2001-02-04T06:07:08Z"));

    static Optional<TimeMacro> parse(String name) {
        return names().contains(name) ? Optional.of(of(name)) : Optional.empty();
    }

    static List<String> names() {
        var names = new ArrayList<String>();
        for (var moment : Moment.values()) {
            for (var form : Form.values()) {
                names.add(new TimeMacro(moment, form).name());
            }
        }
        return names;
    }

    private static TimeMacro of(String name) {
        int split = name.indexOf('_');
        return new TimeMacro(
                Moment.valueOf(name.substring(0, split).toUpperCase(Locale.ROOT)),
                Form.valueOf(name.substring(split + 1).toUpperCase(Locale.ROOT)));
    }

    String name() {
        return (moment + "_" + form).toLowerCase(Locale.ROOT);
    }

    /** The SQL literal for these bindings, or null if they do not have this moment. */
    @Nullable
    String sql(Bindings bindings) {
        var window = bindings.window();
        Instant instant = switch (moment) {
            case START -> window == null ? null : window.start();
            case END -> window == null ? null : window.end().minus(1, ChronoUnit.MICROS);
            case EXECUTION -> bindings.execution();
        };
        return instant == null ? null : sql(instant.truncatedTo(ChronoUnit.MICROS));
    }

    private String sql(Instant instant) {
        String second = (instant.getNano() == 0 ? SECOND : MICROSECOND).format(instant);
        return switch (form) {
            case DT -> "CAST('" + second + "+00:00' AS TIMESTAMPTZ)";
            case DTNTZ -> "CAST('" + second + "' AS TIMESTAMP)";
            case DATE -> "CAST('" + DAY.format(instant) + "' AS DATE)";
            case DS -> "'" + DAY.format(instant) + "'";
            case TS -> "'" + second + "'";
            case TSTZ -> "'" + second + "+00:00'";
            case HOUR -> String.valueOf(instant.atOffset(ZoneOffset.UTC).getHour());
            case EPOCH ->
                "CAST(" + instant.getEpochSecond() + String.format(Locale.ROOT, ".%06d", instant.getNano() / 1000)
                        + " AS DOUBLE)";
            case MILLIS -> "CAST(" + instant.toEpochMilli() + " AS BIGINT)";
        };
    }
}
