package io.leat.source;

import io.leat.schema.LeatType;
import io.leat.time.Ambiguous;
import io.leat.time.Gap;
import io.leat.time.Grid;
import java.time.Instant;
import java.util.Optional;

/**
 * What puts a row into a window.
 *
 * @param source name of the column in the source
 * @param type date, local_timestamp or timestamp; a date is its midnight in the grid's zone
 * @param format how it is written, in the letters of strptime
 * @param end rows from here on belong to no window
 */
public record TimeColumn(
        String source,
        LeatType type,
        Optional<String> format,
        Grid grid,
        Optional<Instant> end,
        Ambiguous ambiguous,
        Gap gap) {

    public TimeColumn {
        if (type != LeatType.DATE && type != LeatType.TIMESTAMP && type != LeatType.LOCAL_TIMESTAMP) {
            throw new IllegalArgumentException(
                    "a row's window comes from a date, a local_timestamp or a timestamp, but '" + source
                            + "' is of type " + type.text());
        }
    }

    /** Whether values are readings of the zone's wall clock. */
    boolean isLocal() {
        return type != LeatType.TIMESTAMP;
    }

    /** All that decides to which window a row belongs, as one text. */
    String identity() {
        return String.join(
                "|",
                source,
                type.text(),
                format.orElse(""),
                grid.toString(),
                end.map(Instant::toString).orElse(""),
                ambiguous.name(),
                gap.name());
    }
}
