package io.leat.check;

/** Whether a check is asked of a slice that has no row. */
public enum EmptyWindow {
    /** It holds without being asked. */
    OK,
    /** It is asked like any other. */
    CHECK
}
