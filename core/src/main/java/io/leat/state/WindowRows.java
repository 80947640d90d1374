package io.leat.state;

import java.time.Instant;

/** How many rows of one window all files hold together. */
public record WindowRows(Instant windowStart, long files, long rows) {}
