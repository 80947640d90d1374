package io.leat.state;

/** Where one generation of a slice stands. */
public enum Status {
    /** May be claimed, once its {@code notBefore} has passed. */
    PENDING,
    /** Claimed; its lease runs, or has run out and nobody has noticed yet. */
    IN_PROGRESS,
    /** Published and audited. */
    COMPLETED,
    /** Nothing had to be done: the published load is still right. */
    SKIPPED,
    /** Given up with a code and a reason. */
    FAILED,
    /** Ended by a person. */
    CANCELLED,
    /** A later generation of the slice has published. */
    SUPERSEDED;

    /** Whether this generation may still go on. A slice has at most one live generation. */
    public boolean live() {
        return this == PENDING || this == IN_PROGRESS;
    }

    /** Whether the slice needs nothing more: what readers see is complete. */
    public boolean done() {
        return this == COMPLETED || this == SKIPPED;
    }
}
