package io.leat.cli.output;

/** What a column holds: decides how a table shows it. Forms for programs always carry the plain value. */
public enum Kind {
    TEXT,
    /** A count or an amount of Leat's own: right-aligned with thousands separators. */
    NUMBER,
    /** A number out of somebody's data, where a separator would mislead (a year, an identifier): right-aligned as it is. */
    PLAIN_NUMBER,
    /** A number of bytes. */
    BYTES,
    /** A number of milliseconds. */
    MILLIS,
    /** An {@link java.time.Instant}, or a {@link java.time.ZonedDateTime} to show local time beside UTC. */
    INSTANT,
    /** A word that names a state or a verdict; coloured on a terminal. */
    STATUS;

    boolean alignsRight() {
        return switch (this) {
            case NUMBER, PLAIN_NUMBER, BYTES, MILLIS -> true;
            case TEXT, INSTANT, STATUS -> false;
        };
    }
}
