package io.leat.time;

/** What becomes of a local time that the wall clock shows twice. */
public enum Ambiguous {
    EARLIER,
    LATER,
    REJECT
}
