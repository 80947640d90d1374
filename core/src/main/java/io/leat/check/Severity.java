package io.leat.check;

/** What a check that does not hold means for its slice. */
public enum Severity {
    /** The slice is published, and the check shows. */
    WARN,
    /** The slice is not published. */
    ERROR
}
