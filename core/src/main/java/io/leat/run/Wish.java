package io.leat.run;

import io.leat.state.CalendarColumns;
import io.leat.state.Cause;
import io.leat.state.Record;
import io.leat.state.SliceRequest;
import io.leat.time.Grid;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a slice of a pipeline or model is wanted, and what its record is to say of it.
 *
 * @param source the source, for people
 * @param target the target, by its name
 * @param newest the newest generation; empty if there is none
 * @param changed the cause if there has been one that ended
 * @param backfill what asks for it; null: the calendar
 */
record Wish(
        String source,
        String target,
        Optional<Record> newest,
        Cause changed,
        @Nullable String backfill) {

    private static final int SHORT_HASH = 12;

    SliceRequest ofWindow(Window window, Grid grid, String recordKeys) {
        var columns = new CalendarColumns(
                window.start().atZone(grid.zoneAt(window.start())).toLocalDate(),
                grid.everyAt(window.start()).text());
        return request(new Slice.OfWindow(window), grid.labelText(window), columns, recordKeys);
    }

    /** Of a slice that is no window. */
    SliceRequest of(Slice slice) {
        String label = slice instanceof Slice.OfFile(String sha256) ? sha256.substring(0, SHORT_HASH) : slice.text();
        return request(slice, label, null, "{}");
    }

    private SliceRequest request(Slice slice, String label, @Nullable CalendarColumns columns, String recordKeys) {
        return new SliceRequest(
                slice,
                label,
                source,
                target,
                columns,
                recordKeys,
                Requests.cause(newest, changed),
                Requests.after(newest, changed),
                backfill);
    }
}
