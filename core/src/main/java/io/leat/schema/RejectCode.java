package io.leat.schema;

/** Why a row was refused. */
public enum RejectCode {
    /** The record does not have the form of its file: too few or many values, a broken quote, no JSON. */
    MALFORMED,
    /** The record holds bytes that are no text in the declared encoding. */
    ENCODING,
    /** The record has a column that the contract refuses. */
    NEW_COLUMN,
    /** The record's file lacks a column that the contract wants. */
    MISSING_COLUMN,
    /** A value is not of its type, or would lose something in it. */
    TYPE,
    /** A value that has to be there is not. */
    REQUIRED,
    /** A value is below the least or above the greatest allowed. */
    RANGE,
    /** A text does not match its pattern. */
    PATTERN,
    /** A value is none of those listed. */
    VALUES,
    /** A value that the target cannot hold. */
    TARGET,
    /** An expression failed on this row. */
    EXPRESSION,
    /** The reference table has no such key. */
    LOOKUP,
    /** A column that tells rows of the table apart has no value. */
    NO_KEY,
    /** The column that says since when the row is so has no value. */
    NO_ORDER,
    /** The row came after its window had been closed. */
    LATE,
    /** The row has no time and so no window. */
    NO_TIME,
    /** The row's time cannot be understood. */
    BAD_TIME,
    /** The row's time lies before the first window. */
    BEFORE_START,
    /** The row's time lies after the last window. */
    AFTER_END,
    /** The row's local time occurs twice that day. */
    AMBIGUOUS_TIME,
    /** The row's local time does not exist. */
    GAP_TIME
}
