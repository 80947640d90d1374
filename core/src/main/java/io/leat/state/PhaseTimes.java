package io.leat.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a phase of a record ran last and how it ended; both instants are null while it has not come to that. */
public record PhaseTimes(@Nullable Instant start, @Nullable Instant end, PhaseStatus status) {

    /** How a phase stands, apart from the record as a whole. */
    public enum PhaseStatus {
        PENDING,
        IN_PROGRESS,
        COMPLETED,
        FAILED,
        SKIPPED
    }

    /** How long it took, once it has ended. */
    public Optional<Duration> took() {
        return start == null || end == null ? Optional.empty() : Optional.of(Duration.between(start, end));
    }
}
