package io.leat.step;

/** What became of a row, as the number that stands in {@code _leat_fate}. */
public enum Fate {
    ALIVE,
    REJECTED,
    FILTERED,
    DEDUPLICATED;

    /** The number in SQL. */
    @Override
    public String toString() {
        return Integer.toString(ordinal());
    }
}
