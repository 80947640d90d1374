package io.leat.run;

import io.leat.project.Pipeline;
import io.leat.state.Cause;
import io.leat.state.ChangedQuery;
import io.leat.state.ChangedWindow;
import io.leat.state.Load;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Published windows that would be loaded differently now: files have other rows for them, or the pipeline is another one, or what it
 * looks things up in.
 */
final class ChangedWindows {

    private final Session session;
    private final Pipeline pipeline;
    private final ChangedQuery query;

    ChangedWindows(Session session, Pipeline pipeline, String fingerprint, Window range, Instant now) {
        this.session = session;
        this.pipeline = pipeline;
        Instant openAfter = pipeline.window()
                .flatMap(spec -> spec.renewal().closedUntil(now))
                .orElse(null);
        this.query = new ChangedQuery(session.environment(), pipeline.name(), fingerprint, range, openAfter);
    }

    long count() {
        return session.state().countChangedWindows(query);
    }

    /** Writes down which of the windows that files have touched ended up as they were: nobody need look at them again. */
    void settle() {
        Instant after = null;
        List<ChangedWindow> page;
        do {
            page = session.state().changedWindows(query, after, Session.GROUP);
            settle(page);
            after = page.isEmpty() ? null : page.getLast().window().start();
        } while (page.size() == Session.GROUP);
    }

    private void settle(List<ChangedWindow> page) {
        List<Slice> touched = page.stream()
                .filter(each -> each.cause() == Cause.LATE)
                .<Slice>map(each -> new Slice.OfWindow(each.window()))
                .toList();
        if (touched.isEmpty()) {
            return;
        }
        WindowSources sources = WindowSources.of(session.state(), session.environment(), pipeline.name(), touched);
        Map<Slice, Load> loads = session.state().loads(session.environment(), pipeline.name(), touched);
        List<Load> same = loads.values().stream()
                .filter(load -> load.window()
                        .filter(window -> seen(load).equals(new HashSet<>(sources.of(window))))
                        .isPresent())
                .toList();
        if (!same.isEmpty()) {
            session.state().sawSource(same, sources.seen());
        }
    }

    private static Set<String> seen(Load load) {
        return load.inputs() == null || load.inputs().isEmpty()
                ? Set.of()
                : new HashSet<>(Arrays.asList(load.inputs().split("\n")));
    }

    /** Oldest first, read page by page. */
    Iterator<ChangedWindow> iterator() {
        return new Iterator<>() {
            private List<ChangedWindow> page = new ArrayList<>();
            private int next;
            private @Nullable Instant after;
            private boolean last;

            @Override
            public boolean hasNext() {
                if (next == page.size() && !last) {
                    page = session.state().changedWindows(query, after, Session.GROUP);
                    next = 0;
                    last = page.size() < Session.GROUP;
                    after = page.isEmpty() ? after : page.getLast().window().start();
                }
                return next < page.size();
            }

            @Override
            public ChangedWindow next() {
                return page.get(next++);
            }
        };
    }
}
