package io.leat.lake;

/** What a load does to the rows that its slice has in the table. */
public enum WriteMode {
    /** Takes their place: exactly the rows of the record's pipeline and window. */
    REPLACE,
    /** Leaves them. */
    APPEND,
    /** Takes the place of the slice's changes, of which the table has the newest of each key. */
    MERGE,
    /** Takes the place of the slice's changes, of which the table has every version of each key. */
    HISTORY;

    /** Whether a load takes the place of the one of its slice before it; otherwise their rows add up. */
    public boolean replaces() {
        return this != APPEND;
    }
}
