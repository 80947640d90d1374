package io.leat.target.postgres;

import java.time.Duration;

/**
 * How long a session waits before it gives up.
 *
 * @param brief for statements that take no time by themselves, a commit among them, and for connecting
 * @param lasting for statements that are as long as the rows are many
 * @param lock for a lock
 * @param fence for the lock of a fence, before whoever holds it is shut out
 * @param silence for the server to take more bytes of a COPY
 */
record Patience(Duration brief, Duration lasting, Duration lock, Duration fence, Duration silence) {
    static final Patience USUAL = new Patience(
            Duration.ofSeconds(30),
            Duration.ofHours(1),
            Duration.ofSeconds(20),
            Duration.ofSeconds(2),
            Duration.ofMinutes(2));
}
