package io.leat.lake;

/** What a load does to the rows that its slice has in the table. */
public enum WriteMode {
    /** Takes their place: exactly the rows of the record's pipeline and window. */
    REPLACE,
    /** Leaves them. */
    APPEND
}
