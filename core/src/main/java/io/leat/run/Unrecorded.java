package io.leat.run;

import io.leat.project.Catchup;
import io.leat.project.Pipeline;
import io.leat.time.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Says of a pipeline's window that has no record why it has none. */
final class Unrecorded {

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final WindowCalendar calendar;
    private final Catchup catchup;
    private final Instant now;
    private final Optional<Window> newest;
    private final Instant passedOver;

    Unrecorded(Pipeline pipeline, Grids grids, Instant now) {
        this.calendar = WindowCalendar.of(pipeline, grids.of(pipeline));
        this.catchup = pipeline.window().orElseThrow().catchup();
        this.now = now;
        this.newest = calendar.newest(now);
        this.passedOver = calendar.dueUntil(grids.firstPlanned(pipeline).orElse(now));
    }

    WindowCalendar calendar() {
        return calendar;
    }

    String reason(Window window) {
        if (calendar.last().filter(end -> !window.start().isBefore(end)).isPresent()) {
            return "not loaded: the pipeline ends " + when(calendar.end().orElseThrow(), calendar.zone());
        }
        Instant due = calendar.dueAt(window);
        if (due.isAfter(now)) {
            String after = calendar.schedule()
                    .map(schedule -> ", due by the schedule " + schedule + " at ")
                    .orElse(", due after " + calendar.stability().text() + " of stability, ");
            return "waiting: window ends " + when(window.end(), calendar.zone()) + after + when(due, calendar.zone());
        }
        return switch (catchup) {
            case LAST ->
                newest.filter(window::equals).isPresent()
                        ? next(due)
                        : "not loaded: a newer window is due, and `catchup: last` loads that alone; `leat backfill` loads it";
            case NONE ->
                window.end().isAfter(passedOver)
                        ? next(due)
                        : "not loaded: it was due before the first run, and `catchup: none` passes those over;"
                                + " `leat backfill` loads it";
            case ALL -> next(due);
        };
    }

    private String next(Instant due) {
        return "due since " + when(due, calendar.zone()) + ": the next run loads it";
    }

    static String when(Instant instant, ZoneId zone) {
        return LOCAL.format(instant.atZone(zone)) + " " + zone.getId();
    }
}
