package io.leat.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a check said of a record, as it is stored.
 *
 * @param attempt of the record that was checked
 * @param value what it measured, for people
 * @param threshold what was allowed, for people
 */
public record CheckResult(
        long recordId,
        int attempt,
        String name,
        Verdict verdict,
        @Nullable String value,
        @Nullable String threshold,
        String message,
        Instant at) {}
