package io.leat.model;

import io.leat.time.Window;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The values of a model's time macros for one execution: its window, or several adjacent windows as one; and the time of the execution,
 * which the caller takes from the record, so that a retry sees the same. Null where there is none.
 */
public record Bindings(@Nullable Window window, @Nullable Instant execution) {

    /** For a model that uses no time macro and has no time column. */
    public static final Bindings NONE = new Bindings(null, null);

    public static Bindings of(Window window) {
        return new Bindings(window, null);
    }

    public Bindings executedAt(Instant instant) {
        return new Bindings(window, instant);
    }
}
