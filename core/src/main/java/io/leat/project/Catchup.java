package io.leat.project;

/** What becomes of windows that were due while nobody ran the pipeline. */
public enum Catchup {
    /** All are loaded, oldest first. */
    ALL,
    /** Of those after the last one that has a record only the newest is loaded. */
    LAST,
    /** Those that were due before the pipeline was first planned are not loaded. */
    NONE
}
