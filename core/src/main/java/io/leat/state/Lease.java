package io.leat.state;

import io.leat.name.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last claim on a record. It fences whoever held the record before, by its greater token.
 *
 * @param token drawn with the claim; greater than every token drawn before in this store
 * @param claim the first token that was drawn with it: the same for all records that were claimed together
 * @param until when others may take the record over; null once the record is no longer in progress
 */
public record Lease(
        long token,
        long claim,
        RunId run,
        Owner owner,
        Instant lockedAt,
        @Nullable Instant until) {}
