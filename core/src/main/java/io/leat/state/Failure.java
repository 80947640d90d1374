package io.leat.state;

import io.leat.name.ErrorCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt at a record failed.
 *
 * @param failedOn a name of the source's state and the pipeline's: nobody need try again while they stay; null: not known
 * @param notBefore when to try again: the record becomes pending, one attempt more; null: it has failed for good
 */
public record Failure(
        Record record,
        ErrorCode code,
        String reason,
        @Nullable Instant notBefore,
        @Nullable String failedOn) {

    /** Of what it would have been made is not known. */
    public Failure(Record record, ErrorCode code, String reason, @Nullable Instant notBefore) {
        this(record, code, reason, notBefore, null);
    }
}
