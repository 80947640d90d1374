package io.leat.run;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.time.Granularity;
import io.leat.time.Grid;
import io.leat.time.Window;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of a run as they were typed: half-open, read in the zone of each pipeline.
 *
 * @param start null: no bound
 * @param end exclusive; null: no bound
 */
public record Scope(@Nullable String start, @Nullable String end) {

    public static final Scope EVERYTHING = new Scope(null, null);

    /** Whether there is no bound. */
    public boolean isEverything() {
        return start == null && end == null;
    }

    /**
     * Requires that the bounds can be read in all of the grids, and that there is time between them.
     *
     * @param grids of all that is asked for; the bounds are read in UTC if there is none
     * @throws PipelineException E502 if not
     */
    public void require(List<Grid> grids) {
        if (isEverything()) {
            return;
        }
        List<Grid> all =
                grids.isEmpty() ? List.of(Grid.of(Granularity.parse("1d"), ZoneOffset.UTC, Instant.EPOCH)) : grids;
        for (Grid grid : all) {
            Instant first = start == null ? Instant.MIN : bound(grid, start, "--start");
            Instant last = end == null ? Instant.MAX : bound(grid, end, "--end");
            if (!first.isBefore(last)) {
                throw new PipelineException(ErrorCode.BAD_BOUND, "--start " + start + " is not before --end " + end)
                        .withHint("the end is not included: --start 2024-01-31 --end 2024-02-01 is the 31st");
            }
        }
    }

    /**
     * The part of {@code [from, to)} within the bounds.
     *
     * @throws PipelineException E502 if a bound cannot be read
     */
    Optional<Window> within(Grid grid, Instant from, Instant to) {
        Instant first = latest(from, start == null ? from : bound(grid, start, "--start"));
        Instant last = earliest(to, end == null ? to : bound(grid, end, "--end"));
        return first.isBefore(last) ? Optional.of(new Window(first, last)) : Optional.empty();
    }

    private static Instant bound(Grid grid, String text, String option) {
        try {
            return grid.bound(text);
        } catch (IllegalArgumentException e) {
            throw new PipelineException(ErrorCode.BAD_BOUND, option + " " + text + ": " + e.getMessage(), e);
        }
    }

    static Instant latest(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    static Instant earliest(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
