package io.leat.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Windows that make room for others of another length, in the transaction that publishes those.
 *
 * @param records of the windows, in progress, with the tokens that must still be the fences of their slices
 * @param grids the pipeline's grid from then on; null: it stays
 */
public record Retirement(List<Record> records, @Nullable GridChange grids) {

    public static final Retirement NONE = new Retirement(List.of(), null);

    /** What the grid must be, and what it becomes. */
    public record GridChange(List<SettledGrid> expected, List<SettledGrid> wanted) {
        public GridChange {
            expected = List.copyOf(expected);
            wanted = List.copyOf(wanted);
        }
    }

    public Retirement {
        records = List.copyOf(records);
    }
}
