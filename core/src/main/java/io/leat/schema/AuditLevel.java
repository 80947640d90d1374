package io.leat.schema;

/** How closely source and target are compared. */
public enum AuditLevel {
    /** Rows, and per column the values and their exact sum. */
    SUMS,
    /** The same, and a hash of every row: dear, about a microsecond of CPU for each. */
    CONTENT
}
