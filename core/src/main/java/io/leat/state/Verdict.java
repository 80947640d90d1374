package io.leat.state;

/** The answer of a check, as it is stored. */
public enum Verdict {
    PASS,
    WARN,
    FAIL
}
