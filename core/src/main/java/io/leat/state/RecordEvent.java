package io.leat.state;

import io.leat.name.ErrorCode;
import io.leat.name.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happened to a record and that its row forgets when it goes on. */
public record RecordEvent(
        long recordId,
        Instant at,
        Kind kind,
        int attempt,
        @Nullable Phase phaseCompleted,
        @Nullable Long token,
        @Nullable RunId run,
        @Nullable ErrorCode code,
        @Nullable String reason) {

    /** What happened. */
    public enum Kind {
        /** An attempt failed and another will follow. */
        RETRY,
        /** It failed for good. */
        FAILED,
        /** Another process took it over from a dead owner, or after the lease had run out. */
        TAKEN_OVER,
        /** The sweeper made it pending again. */
        SWEPT,
        /** Its owner gave it back unfinished. */
        RELEASED,
        /** A person cancelled it. */
        CANCELLED,
        /** A person made a failed record pending again. */
        REOPENED
    }
}
