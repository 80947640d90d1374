package io.leat.run;

import io.leat.name.ErrorCode;
import io.leat.state.Cause;
import io.leat.state.Record;
import io.leat.state.Status;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which generation of a slice a request is for. */
final class Requests {

    private Requests() {}

    /** Why the slice is loaded: for the first time, or because something changed; or what has failed goes on. */
    static Cause cause(Optional<Record> newest, Cause changed) {
        return newest.map(record -> ended(record.status()) && !changed.forces() ? Cause.RETRY : changed)
                .orElse(Cause.NEW);
    }

    /** The newest generation that has ended for good; a live one is claimed whatever it is, and a failed one goes on. */
    static int after(Optional<Record> newest, Cause changed) {
        return newest.map(record -> goesOn(record.status(), changed) ? record.generation() - 1 : record.generation())
                .orElse(0);
    }

    /**
     * Whether a slice that has not been loaded in its newest generation is to be tried: what failed is, when a person asks or when
     * it would be made of something else now; what was cancelled, and what readers do not see as it was published, is not before
     * a person says so.
     *
     * @param token what the slice would be made of now
     */
    static boolean tried(Record newest, DueRequest request, SliceLoader loader, String token) {
        return switch (newest.status()) {
            case PENDING, IN_PROGRESS -> true;
            case FAILED ->
                newest.errorCode() != ErrorCode.INTEGRITY
                        && (request.retriesFailed() || !Objects.equals(newest.failedOn(), madeOf(loader, token)));
            case COMPLETED, SKIPPED, CANCELLED, SUPERSEDED -> false;
        };
    }

    /** Why a slice is not tried, for people. */
    static String untried(Record newest) {
        String name = newest.name();
        return switch (newest.status()) {
            case CANCELLED -> "cancelled; `leat retry " + name + "` goes on with it";
            case FAILED ->
                newest.errorCode() == ErrorCode.INTEGRITY
                        ? "quarantined: " + newest.reason() + "; `leat restore-slice " + name + "` loads it again"
                        : "waiting: it has failed and nothing has changed since; `leat retry " + name
                                + "` tries it again";
            case PENDING, IN_PROGRESS, COMPLETED, SKIPPED, SUPERSEDED -> "nothing to do";
        };
    }

    /** A name of all that a slice is made of; null if the source is not known. */
    static @Nullable String madeOf(SliceLoader loader, @Nullable String token) {
        return token == null ? null : Tokens.of(List.of(loader.fingerprint(), token));
    }

    private static boolean goesOn(Status status, Cause changed) {
        return status.live() || ended(status) && !changed.forces();
    }

    private static boolean ended(Status status) {
        return status == Status.FAILED || status == Status.CANCELLED;
    }
}
