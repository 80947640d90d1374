package io.leat.state;

import java.time.Instant;

/** How many rows of one window a file holds. */
public record FileWindow(Instant windowStart, String path, String sha256, String fingerprint, long rows) {}
