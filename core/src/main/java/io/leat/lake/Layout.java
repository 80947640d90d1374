package io.leat.lake;

/** How staged rows are divided into files. */
public enum Layout {
    /** All rows have the same {@code _leat_window}: one file. */
    SINGLE,
    /** The rows have several windows: each file holds the rows of one. */
    BY_WINDOW
}
