package io.leat.run;

import io.leat.state.Cause;
import io.leat.state.ChangedWindow;
import io.leat.time.Window;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Merges windows that are wanted for several reasons into one order, oldest first, each once. */
final class WindowOrder implements Iterator<WindowOrder.Wanted> {

    /** A window, and why it is loaded if it was loaded before. */
    record Wanted(Window window, Cause cause) {}

    private final Ahead again;
    private final Ahead changed;
    private final Ahead missing;

    WindowOrder(List<Window> again, Iterator<ChangedWindow> changed, Iterator<Window> missing) {
        this.again = new Ahead(
                again.stream().map(window -> new Wanted(window, Cause.LOOKBACK)).iterator());
        this.changed = new Ahead(mapped(changed, each -> new Wanted(each.window(), each.cause())));
        this.missing = new Ahead(mapped(missing, window -> new Wanted(window, Cause.LATE)));
    }

    /** An iterator whose next element can be seen before it is taken. */
    private static final class Ahead {
        private final Iterator<Wanted> rest;
        private @Nullable Wanted next;

        Ahead(Iterator<Wanted> rest) {
            this.rest = rest;
            advance();
        }

        void advance() {
            next = rest.hasNext() ? rest.next() : null;
        }
    }

    @Override
    public boolean hasNext() {
        return first() != null;
    }

    @Override
    public Wanted next() {
        Ahead from = first();
        if (from == null || from.next == null) {
            throw new NoSuchElementException();
        }
        Wanted wanted = from.next;
        for (Ahead each : List.of(changed, missing, again)) {
            if (each.next != null && each.next.window().equals(wanted.window())) {
                each.advance();
            }
        }
        return wanted;
    }

    /** Where the oldest window is; of equal ones that which knows most of the cause. */
    private @Nullable Ahead first() {
        Ahead first = null;
        for (Ahead each : List.of(changed, missing, again)) {
            if (each.next != null
                    && (first == null
                            || first.next == null
                            || each.next.window().compareTo(first.next.window()) < 0)) {
                first = each;
            }
        }
        return first;
    }

    private static <T> Iterator<Wanted> mapped(Iterator<T> from, java.util.function.Function<T, Wanted> change) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return from.hasNext();
            }

            @Override
            public Wanted next() {
                return change.apply(from.next());
            }
        };
    }
}
