package io.leat.project;

/** Which of the windows that were missed become due. */
public enum Catchup {
    /** All of them, oldest first. */
    ALL,
    /** Only the newest. */
    LAST,
    /** None: loading begins with the first window that ends after the pipeline ran for the first time. */
    NONE
}
