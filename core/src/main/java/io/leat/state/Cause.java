package io.leat.state;

/** Why a generation of a slice was opened. */
public enum Cause {
    /** The slice became due for the first time. */
    NEW,
    /** A wish only: the newest generation, which has failed, is to go on. It keeps the cause that it has. */
    RETRY,
    /** One of the newest windows, loaded again as the pipeline's lookback says. */
    LOOKBACK,
    /** Rows arrived for a window that was already complete. */
    LATE,
    /** A person asked for the slice to be loaded again. */
    RESTATE,
    /** Readers saw something else than was published. */
    RESTORE,
    /** Rejected rows were corrected. */
    REPLAY,
    /** The source, the pipeline or a reference table differs from what was published. */
    CHANGED;

    /** Whether the slice is loaded even if it would be made of the same again. */
    public boolean forces() {
        return this == RESTATE || this == RESTORE || this == REPLAY;
    }
}
