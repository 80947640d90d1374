package io.leat.model;

import io.leat.config.Mark;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** How a model's table is filled. */
public sealed interface ModelKind {

    /** The whole table, anew each time. */
    record Full() implements ModelKind {
        @Override
        public String text() {
            return "FULL";
        }
    }

    /** Never filled: whoever reads it runs its query. */
    record View() implements ModelKind {
        @Override
        public String text() {
            return "VIEW";
        }
    }

    /**
     * Window by window of the model's grid, in UTC.
     *
     * @param lookback windows before the newest that are filled again
     * @param batchSize at most so many windows with one query, if the model says so
     * @param forwardOnly a change of the model concerns later windows only
     * @param restatable whether filled windows may be filled again on request
     */
    record Incremental(TimeColumn time, int lookback, OptionalInt batchSize, boolean forwardOnly, boolean restatable)
            implements ModelKind {
        @Override
        public String text() {
            return "INCREMENTAL_BY_TIME_RANGE";
        }
    }

    /** The column that puts a row into a window, and the format of its texts or numbers if it is no time by type. */
    record TimeColumn(String name, @Nullable String format, Mark mark) {}

    /** As the header names it. */
    String text();
}
