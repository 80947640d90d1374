package io.leat.run;

import io.leat.state.Cause;
import io.leat.state.Record;
import io.leat.state.Status;
import java.util.Optional;

/** Which generation of a slice a request is for. */
final class Requests {

    private Requests() {}

    /** Why the slice is loaded: for the first time, again because it failed, or because something changed. */
    static Cause cause(Optional<Record> newest, Cause changed) {
        return newest.map(record ->
                        record.status() == Status.FAILED || record.status() == Status.CANCELLED ? Cause.RETRY : changed)
                .orElse(Cause.NEW);
    }

    /** The newest generation that has ended; a live one is claimed whatever it is. */
    static int after(Optional<Record> newest) {
        return newest.map(record -> live(record.status()) ? record.generation() - 1 : record.generation())
                .orElse(0);
    }

    private static boolean live(Status status) {
        return status == Status.PENDING || status == Status.IN_PROGRESS;
    }
}
