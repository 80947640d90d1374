package io.leat.state;

import io.leat.name.ErrorCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt at a record failed.
 *
 * @param notBefore when to try again: the record becomes pending, one attempt more; null: it has failed for good
 */
public record Failure(
        Record record,
        ErrorCode code,
        String reason,
        @Nullable Instant notBefore) {}
