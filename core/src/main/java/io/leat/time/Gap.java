package io.leat.time;

/** What becomes of a local time that the wall clock skips. */
public enum Gap {
    /** It moves forward by the length of the gap, as in {@code java.time}. */
    SHIFT,
    REJECT
}
