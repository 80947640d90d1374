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
 * @param grid the windows as the file has them; begins with the pipeline's start. The state knows what they were before
 * @param end exclusive; empty for a pipeline that goes on
 * @param stability a window is due when its end is this old, or at the first time of the schedule after that
 */
public record WindowSpec(
        String column,
        Grid grid,
        Optional<Instant> end,
        TimeSpan stability,
        Renewal renewal,
        Catchup catchup,
        Ambiguous ambiguous,
        Gap gap) {

    /**
     * When a window that was loaded is loaded again although nobody asks for it.
     *
     * @param lookback so many windows before the newest, each time a new one is due
     * @param late how long after its end a completed window may gain rows; empty: for ever
     */
    public record Renewal(int lookback, Optional<TimeSpan> late) {

        /** Windows that ended at or before this instant are closed: files change nothing in them; empty: none is. */
        public Optional<Instant> closedUntil(Instant now) {
            return late.map(span -> span.before(now).truncatedTo(ChronoUnit.SECONDS));
        }
    }

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
    private static final Key<Integer> LOOKBACK = Key.optional(
            "lookback",
            Shape.count(0, 10_000),
            "How many windows before the newest are loaded again when a new one is due.",
            "0");
    private static final Key<Optional<TimeSpan>> LATE = Key.optional(
            "late",
            Shape.duration(),
            "How long after its end a completed window may gain rows from files; later ones are rejected as LATE. Absent: for ever.");
    private static final Key<Catchup> CATCHUP = Key.optional(
            "catchup",
            Shape.oneOf(Catchup.class),
            "What becomes of windows that were due while nobody ran the pipeline: all are loaded; only the last one is;"
                    + " none of those that were due before the pipeline was first planned.",
            "all");
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
                LOOKBACK,
                LATE,
                CATCHUP,
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
                new Renewal(fields.value(LOOKBACK), fields.value(LATE)),
                fields.value(CATCHUP),
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
}
