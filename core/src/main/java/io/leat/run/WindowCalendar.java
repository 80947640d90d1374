package io.leat.run;

import io.leat.project.Pipeline;
import io.leat.project.WindowSpec;
import io.leat.time.Cron;
import io.leat.time.Grid;
import io.leat.time.IntervalSet;
import io.leat.time.TimeSpan;
import io.leat.time.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When the windows of a pipeline are due: when their end is old enough, or at the first time of the schedule after that.
 *
 * @param end no window that starts at or after it is due; empty: the pipeline goes on
 */
public record WindowCalendar(
        Grid grid, Optional<Instant> end, TimeSpan stability, Optional<Cron> schedule, ZoneId zone) {

    static WindowCalendar of(Pipeline pipeline, Grid grid) {
        WindowSpec spec = pipeline.window().orElseThrow();
        return new WindowCalendar(
                grid, spec.end(), spec.stability(), pipeline.execution().schedule(), spec.zone());
    }

    /** The end of the last window; empty: the pipeline goes on. */
    public Optional<Instant> last() {
        return end.map(grid::ceiling);
    }

    /** Windows that end at or before this instant are due now. */
    public Instant dueUntil(Instant now) {
        Instant fired =
                schedule.map(cron -> cron.last(now, zone).orElse(Instant.EPOCH)).orElse(now);
        Instant stable = stability.before(fired).truncatedTo(ChronoUnit.SECONDS);
        return last().filter(last -> last.isBefore(stable)).orElse(stable);
    }

    /** How many windows are due now and are not among those. */
    public long countDue(IntervalSet loaded, Instant now) {
        return newest(now)
                .map(newest -> grid.countTiles(
                        IntervalSet.of(new Window(grid.start(), newest.end())).minus(loaded)))
                .orElse(0L);
    }

    /** When a window is due. */
    public Instant dueAt(Window window) {
        Instant stable = stability.after(window.end());
        return schedule.map(cron -> cron.next(stable.minusSeconds(1), zone)).orElse(stable);
    }

    /** The newest window that is due; empty if none is. */
    public Optional<Window> newest(Instant now) {
        return grid.lastEndingAtOrBefore(dueUntil(now));
    }

    /** The windows that are due after now, in order. */
    public Stream<Window> upcoming(Instant now) {
        Instant from = dueUntil(now);
        return Stream.iterate(
                        grid.windowAt(from.isBefore(grid.start()) ? grid.start() : from),
                        window -> window.isPresent() && starts(window.get()),
                        window -> grid.windowAt(window.orElseThrow().end()))
                .map(Optional::orElseThrow);
    }

    private boolean starts(Window window) {
        return end.isEmpty() || window.start().isBefore(end.get());
    }
}
