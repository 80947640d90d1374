package io.leat.run;

import io.leat.name.PipelineException;
import io.leat.project.Pipeline;
import io.leat.project.RecordKey;
import io.leat.project.WindowSpec;
import io.leat.state.Cause;
import io.leat.state.FileOutside;
import io.leat.state.Record;
import io.leat.state.RecordQuery;
import io.leat.state.SliceRequest;
import io.leat.state.Status;
import io.leat.state.WindowRun;
import io.leat.time.Grid;
import io.leat.time.IntervalSet;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of a windowed pipeline is due: windows of the grid that have no completed record, computed from runs of adjacent ones; completed
 * windows that would be loaded differently now, or that its lookback asks for; and files with rows of no window.
 */
final class WindowDue {

    /** Nothing is to be done for windows in one of these, unless something changed. */
    private static final Set<Status> AT_REST =
            EnumSet.of(Status.COMPLETED, Status.SKIPPED, Status.CANCELLED, Status.SUPERSEDED);

    private final Session session;
    private final SliceLoader loader;
    private final Pipeline pipeline;
    private final WindowSpec spec;
    private final WindowCalendar calendar;
    private final RecordKeys keys;

    WindowDue(Session session, SliceLoader loader, Pipeline pipeline, Grid grid) {
        this.session = session;
        this.loader = loader;
        this.pipeline = pipeline;
        this.spec = pipeline.window().orElseThrow();
        this.calendar = WindowCalendar.of(pipeline, grid);
        this.keys = new RecordKeys(pipeline, session.project().recordKeys());
    }

    /** Windows in which files change nothing any more: completed, and older than the pipeline takes late rows. */
    Predicate<Window> closed() {
        Optional<Instant> until = spec.renewal().closedUntil(session.state().now());
        if (until.isEmpty()) {
            return window -> false;
        }
        IntervalSet done = spans(recorded(), EnumSet.of(Status.COMPLETED, Status.SKIPPED));
        return window -> !window.end().isAfter(until.get()) && done.contains(window);
    }

    Due due(DueRequest request) {
        Instant now = session.state().now();
        List<SliceRequest> files = request.scope().isEverything() ? files() : List.of();
        Optional<Window> range = range(request.scope(), now);
        if (range.isEmpty()) {
            return files.isEmpty() ? Due.nothing("nothing is due" + upcoming(now)) : Due.of(files);
        }
        supersedeStrays();
        List<WindowRun> recorded = recorded();
        IntervalSet missing = missing(request, range.get(), recorded, now);
        var changed = new ChangedWindows(session, pipeline, loader.fingerprint(), range.get(), now);
        changed.settle();
        List<Window> again = lookback(range.get(), now);
        long count =
                files.size() + again.size() + changed.count() + calendar.grid().countTiles(missing);
        if (count == 0) {
            return Due.nothing(atRest(recorded, range.get()) + upcoming(now));
        }
        var windows = new WindowOrder(
                again, changed.iterator(), calendar.grid().tiles(missing).iterator());
        Stream<DueSlice> slices = Stream.concat(files.stream().map(DueSlice::of), Paged.of(windows, this::requests));
        return new Due(count, slices.iterator(), "");
    }

    /** Windows that somebody began to load on another grid, which was not settled in the end. */
    private void supersedeStrays() {
        var pending = RecordQuery.of(session.environment())
                .pipeline(pipeline.name())
                .statuses(Status.PENDING)
                .page(Session.GROUP, 0);
        List<Record> strays = session.state().records(pending).stream()
                .filter(record -> record.window().filter(this::isStray).isPresent())
                .toList();
        if (!strays.isEmpty()) {
            session.state().supersede(strays, "no window of the pipeline's grid");
        }
    }

    private boolean isStray(Window window) {
        Grid grid = calendar.grid();
        return !window.start().isBefore(grid.start())
                && grid.windowAt(window.start())
                        .filter(at ->
                                at.start().equals(window.start()) || at.end().equals(window.end()))
                        .isEmpty();
    }

    private List<WindowRun> recorded() {
        return session.state().windowRuns(session.environment(), pipeline.name());
    }

    /** The whole windows that are due and within the bounds. */
    private Optional<Window> range(Scope scope, Instant now) {
        return scope.within(calendar.grid(), calendar.grid().start(), calendar.dueUntil(now))
                .flatMap(bounds -> whole(calendar.grid(), bounds));
    }

    /** The part of a span that whole windows of the grid fill. */
    static Optional<Window> whole(Grid grid, Window span) {
        Instant first = grid.ceiling(span.start());
        Instant last = grid.windowAt(span.end()).map(Window::start).orElse(span.end());
        return first.isBefore(last) ? Optional.of(new Window(first, last)) : Optional.empty();
    }

    private IntervalSet missing(DueRequest request, Window range, List<WindowRun> recorded, Instant now) {
        IntervalSet quarantined =
                IntervalSet.of(session.state().quarantined(session.environment(), pipeline.name()).stream()
                        .flatMap(load -> load.window().stream())
                        .toList());
        IntervalSet missing = IntervalSet.of(range)
                .minus(spans(recorded, AT_REST))
                .minus(quarantined)
                .minus(request.retriesFailed() ? IntervalSet.empty() : failedForGood(request, range));
        return request.scope().isEverything() ? caughtUp(missing, recorded, now) : missing;
    }

    /** Windows that have failed, and would be made of the same again. */
    private IntervalSet failedForGood(DueRequest request, Window range) {
        var query = RecordQuery.of(session.environment())
                .pipeline(pipeline.name())
                .statuses(Status.FAILED)
                .between(range.start(), range.end())
                .order(RecordQuery.Order.OLDEST_WINDOW_FIRST);
        IntervalSet failed = IntervalSet.empty();
        List<Record> page;
        int start = 0;
        do {
            page = session.state().records(query.page(Session.GROUP, start));
            Map<Slice, String> tokens =
                    loader.sourceTokens(page.stream().map(Record::slice).toList());
            failed = failed.union(IntervalSet.of(page.stream()
                    .filter(record -> !Requests.tried(record, request, loader, tokens.getOrDefault(record.slice(), "")))
                    .flatMap(record -> record.window().stream())
                    .toList()));
            start += Session.GROUP;
        } while (page.size() == Session.GROUP);
        return failed;
    }

    private IntervalSet caughtUp(IntervalSet missing, List<WindowRun> recorded, Instant now) {
        return switch (spec.catchup()) {
            case ALL -> missing;
            case LAST -> {
                IntervalSet known = spans(recorded, EnumSet.allOf(Status.class));
                IntervalSet newest =
                        IntervalSet.of(calendar.newest(now).stream().toList());
                yield missing.intersect(known.union(newest));
            }
            case NONE -> {
                IntervalSet known = spans(recorded, EnumSet.allOf(Status.class));
                Instant planned = session.grids().firstPlanned(pipeline).orElse(now);
                // the windows that were not due then, the one under way as a whole, and those that somebody has asked
                // for since
                Instant until = calendar.dueUntil(planned);
                Instant from =
                        calendar.grid().windowAt(until).map(Window::start).orElse(until);
                IntervalSet since = missing.span()
                        .filter(span -> from.isBefore(span.end()))
                        .map(span -> IntervalSet.of(new Window(Scope.latest(from, span.start()), span.end())))
                        .orElse(IntervalSet.empty());
                yield missing.intersect(known.union(since));
            }
        };
    }

    private static IntervalSet spans(List<WindowRun> recorded, Set<Status> statuses) {
        return IntervalSet.of(recorded.stream()
                .filter(run -> statuses.contains(run.status()))
                .map(WindowRun::span)
                .toList());
    }

    /** Completed windows before the newest that is due, unless they were loaded since it is. */
    private List<Window> lookback(Window range, Instant now) {
        Optional<Window> newest = calendar.newest(now);
        if (spec.renewal().lookback() == 0 || newest.isEmpty()) {
            return List.of();
        }
        Instant since = calendar.dueAt(newest.get());
        List<Slice.OfWindow> before = Stream.iterate(
                        calendar.grid().previous(newest.get()),
                        Optional::isPresent,
                        window -> calendar.grid().previous(window.orElseThrow()))
                .limit(spec.renewal().lookback())
                .map(window -> new Slice.OfWindow(window.orElseThrow()))
                .filter(slice -> range.contains(slice.window()))
                .toList();
        Map<Slice, Record> records = session.state().records(session.environment(), pipeline.name(), before);
        return before.stream()
                .filter(slice -> records.get(slice) != null
                        && records.get(slice).status().done()
                        && records.get(slice).created().isBefore(since))
                .map(Slice.OfWindow::window)
                .sorted()
                .toList();
    }

    private static String atRest(List<WindowRun> recorded, Window range) {
        long failed = recorded.stream()
                .filter(run -> run.status() == Status.FAILED && run.span().overlaps(range))
                .mapToLong(WindowRun::windows)
                .sum();
        return failed == 0
                ? "up to date: every window that is due is complete"
                : "waiting: %,d windows have failed; `leat retry` tries them again".formatted(failed);
    }

    /** When the next window will be due, for people. */
    private String upcoming(Instant now) {
        return calendar.upcoming(now)
                .findFirst()
                .map(window -> "; the next is due " + calendar.dueAt(window))
                .orElse("");
    }

    private List<DueSlice> requests(List<WindowOrder.Wanted> page) {
        var slices =
                page.stream().map(wanted -> new Slice.OfWindow(wanted.window())).toList();
        Map<Slice, Record> records = session.state().records(session.environment(), pipeline.name(), slices);
        List<DueSlice> requests = new ArrayList<>();
        for (WindowOrder.Wanted wanted : page) {
            var slice = new Slice.OfWindow(wanted.window());
            requests.add(wish(slice, Optional.ofNullable(records.get(slice)), wanted.cause(), null));
        }
        return requests;
    }

    DueSlice wish(Slice slice, Optional<Record> newest, Cause changed, @Nullable String backfill) {
        var wish = new Wish(
                String.join(", ", pipeline.source().patterns()), loader.target().name(), newest, changed, backfill);
        if (slice instanceof Slice.OfWindow(Window window)) {
            Grid grid = calendar.grid();
            try {
                String json = keys.json(new RecordKey.Subject(
                        pipeline.name(), window, grid.label(window), grid.zoneAt(window.start())));
                return DueSlice.of(wish.ofWindow(window, grid, json));
            } catch (PipelineException e) {
                return new DueSlice(wish.ofWindow(window, grid, "{}"), e);
            }
        }
        return DueSlice.of(wish.of(slice));
    }

    /** Files that have rows of no window, and no completed record that says so; also those that have none any more. */
    private List<SliceRequest> files() {
        Map<Slice, Long> outside = new LinkedHashMap<>();
        for (FileOutside file : session.state().filesOutside(session.environment(), pipeline.name())) {
            outside.put(new Slice.OfFile(file.sha256()), file.rows());
        }
        Map<Slice, Record> records = session.state().records(session.environment(), pipeline.name(), outside.keySet());
        List<SliceRequest> requests = new ArrayList<>();
        outside.forEach((slice, rows) -> {
            Optional<Record> newest = Optional.ofNullable(records.get(slice));
            if ((rows > 0 || newest.isPresent())
                    && newest.filter(record -> saysSo(record, rows)).isEmpty()) {
                requests.add(wish(slice, newest, Cause.CHANGED, null).request());
            }
        });
        return requests;
    }

    private static boolean saysSo(Record record, long rejected) {
        var staging = record.staging();
        return record.status() == Status.CANCELLED
                || record.status() == Status.COMPLETED
                        && staging != null
                        && staging.counts().read() == rejected;
    }
}
