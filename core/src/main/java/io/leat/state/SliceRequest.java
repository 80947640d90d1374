package io.leat.state;

import io.leat.time.Slice;
import io.leat.time.Window;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The wish to load one slice.
 *
 * @param after the newest generation that the asker knows to have ended, 0 if there is none. A live generation is
 *     claimed whatever it is; a new one is opened only directly after this one, so that two askers with the same wish
 *     open one generation between them, not two. With the cause RETRY the one after it, which has failed or was
 *     cancelled, goes on as a new attempt
 * @param calendar for a window; null for slices of another kind
 * @param recordKeys a JSON object
 * @param backfill the backfill that asks; null: the calendar does
 */
public record SliceRequest(
        Slice slice,
        String label,
        String source,
        String target,
        @Nullable CalendarColumns calendar,
        String recordKeys,
        Cause cause,
        int after,
        @Nullable String backfill) {

    /** A wish of the calendar. */
    public SliceRequest(
            Slice slice,
            String label,
            String source,
            String target,
            @Nullable CalendarColumns calendar,
            String recordKeys,
            Cause cause,
            int after) {
        this(slice, label, source, target, calendar, recordKeys, cause, after, null);
    }

    public SliceRequest {
        if (after < 0) {
            throw new IllegalArgumentException("a generation cannot be negative: " + after);
        }
        if (slice instanceof Slice.OfWindow != (calendar != null)) {
            throw new IllegalArgumentException(
                    "a window has its calendar columns, another slice has none: " + slice.text());
        }
    }

    /** The window that the slice is; empty for slices of another kind. */
    public Optional<Window> window() {
        return slice instanceof Slice.OfWindow(Window window) ? Optional.of(window) : Optional.empty();
    }
}
