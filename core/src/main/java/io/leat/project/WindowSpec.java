package io.leat.project;

import io.leat.config.Fields;
import io.leat.config.Key;
import io.leat.config.ObjectShape;
import io.leat.config.Shape;
import io.leat.time.Ambiguous;
import io.leat.time.Gap;
import io.leat.time.Granularity;
import io.leat.time.Grid;
import io.leat.time.TimeSpan;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How a pipeline's rows fall into windows of time, and when a window is due.
 *
 * @param column the column whose time puts a row into a window
 * @param grid the windows; begins with the pipeline's start
 * @param end exclusive; empty for a pipeline that goes on
 * @param stability a window is due when its end is this old
 */
public record WindowSpec(
        String column, Grid grid, Optional<Instant> end, TimeSpan stability, Ambiguous ambiguous, Gap gap) {

    private static final Shape<String> LOCAL_TIME = Shape.parsedScalar(
            "a local time such as 2024-01-31 or 2024-01-31T06:00", "[0-9]{4}-[0-9]{2}.*", text -> text);

    private static final Key<String> COLUMN =
            Key.required("column", Shape.text(), "The column whose time puts a row into a window.");
    private static final Key<Granularity> EVERY =
            Key.required("every", Shape.granularity(), "The length of a window on the local calendar.");
    private static final Key<Optional<ZoneId>> TIMEZONE =
            Key.optional("timezone", Shape.zone(), "The zone of the calendar; absent: the project's default.");
    private static final Key<String> START = Key.required("start", LOCAL_TIME, "The start of the first window.");
    private static final Key<Optional<String>> END =
            Key.optional("end", LOCAL_TIME, "The end of the last window; absent: the pipeline goes on.");
    private static final Key<TimeSpan> STABILITY = Key.optional(
            "stability", Shape.duration(), "How old the end of a window must be before it is loaded.", "0s");
    private static final Key<Ambiguous> AMBIGUOUS = Key.optional(
            "ambiguous",
            Shape.oneOf(Ambiguous.class),
            "What becomes of a local time that occurs twice, when clocks go back.",
            "reject");
    private static final Key<Gap> GAP = Key.optional(
            "gap", Shape.oneOf(Gap.class), "What becomes of a local time that clocks jump over.", "reject");

    /** The shape of a {@code window} section in a project whose default zone is given. */
    public static ObjectShape<WindowSpec> shape(ZoneId defaultZone) {
        return Shape.object(
                "window",
                "Puts rows into windows of time; without it the whole source is one slice.",
                fields -> of(fields, defaultZone),
                COLUMN,
                EVERY,
                TIMEZONE,
                START,
                END,
                STABILITY,
                AMBIGUOUS,
                GAP);
    }

    private static WindowSpec of(Fields fields, ZoneId defaultZone) {
        Granularity every = fields.value(EVERY);
        ZoneId zone = fields.value(TIMEZONE).orElse(defaultZone);
        // any grid of the zone can read a local time; the epoch only serves to ask it
        Grid calendar = Grid.of(every, zone, Instant.EPOCH);
        Instant start = bound(fields, START, calendar, fields.value(START));
        Optional<Instant> end = fields.value(END).map(text -> bound(fields, END, calendar, text));
        if (end.isPresent() && !end.get().isAfter(start)) {
            fields.refuse(END, "the end is not after the start");
        }
        return new WindowSpec(
                fields.value(COLUMN),
                Grid.of(every, zone, start),
                end,
                fields.value(STABILITY),
                fields.value(AMBIGUOUS),
                fields.value(GAP));
    }

    private static Instant bound(Fields fields, Key<?> key, Grid calendar, String text) {
        try {
            return calendar.bound(text);
        } catch (IllegalArgumentException e) {
            fields.refuse(key, String.valueOf(e.getMessage()));
            return Instant.EPOCH;
        }
    }

    public ZoneId zone() {
        return grid.zone();
    }

    /** The end of the time in which windows are due now: their end is old enough, and not after the pipeline's end. */
    public Instant dueUntil(Instant now) {
        Instant stable = stability.before(now).truncatedTo(ChronoUnit.SECONDS);
        return end.filter(last -> last.isBefore(stable)).orElse(stable);
    }
}
