package io.leat.run;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.project.Pipeline;
import io.leat.project.WindowSpec;
import io.leat.state.CalendarColumns;
import io.leat.state.Cause;
import io.leat.state.FileVersion;
import io.leat.state.Load;
import io.leat.state.Record;
import io.leat.state.SliceRequest;
import io.leat.state.Status;
import io.leat.state.WindowRun;
import io.leat.time.Grid;
import io.leat.time.IntervalSet;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What of a windowed pipeline is due: windows of the grid that have no completed record, computed from runs of adjacent ones;
 * completed windows for which files brought rows since; and files with rows of no window.
 */
final class WindowDue {

    private final Session session;
    private final SliceLoader loader;
    private final Pipeline pipeline;
    private final WindowSpec spec;

    WindowDue(Session session, SliceLoader loader, Pipeline pipeline) {
        this.session = session;
        this.loader = loader;
        this.pipeline = pipeline;
        this.spec = pipeline.window().orElseThrow();
    }

    Due due(Scope scope) {
        Grid grid = spec.grid();
        Instant now = session.state().now();
        Optional<Window> range = scope.within(grid, grid.start(), spec.dueUntil(now));
        List<SliceRequest> files = scope.isEverything() ? files() : List.of();
        if (range.isEmpty()) {
            return files.isEmpty() ? Due.nothing("nothing is due" + upcoming(now)) : Due.of(files);
        }
        List<WindowRun> recorded =
                session.state().windowRuns(session.environment(), loader.node().name());
        requireSameGrid(recorded);
        IntervalSet done = done(recorded);
        IntervalSet missing = IntervalSet.of(range.get()).minus(done);
        Map<Window, Cause> changed = changed(range.get(), done);
        long count = files.size() + changed.size() + count(missing);
        if (count == 0) {
            return Due.nothing("up to date: every window that is due is complete" + upcoming(now));
        }
        Iterator<SliceRequest> windows = windows(missing, changed);
        return new Due(count, Stream.concat(files.stream(), stream(windows)).iterator(), "");
    }

    private static Stream<SliceRequest> stream(Iterator<SliceRequest> requests) {
        Iterable<SliceRequest> once = () -> requests;
        return StreamSupport.stream(once.spliterator(), false);
    }

    /** When the next window will be due, for people. */
    private String upcoming(Instant now) {
        return spec.grid()
                .windowAt(spec.dueUntil(now))
                .filter(window -> spec.end().isEmpty()
                        || window.start().isBefore(spec.end().get()))
                .map(window -> "; the next is due " + spec.stability().after(window.end()))
                .orElse("");
    }

    private static IntervalSet done(List<WindowRun> recorded) {
        return IntervalSet.of(recorded.stream()
                .filter(run -> run.status() == Status.COMPLETED || run.status() == Status.SKIPPED)
                .map(WindowRun::span)
                .toList());
    }

    private long count(IntervalSet missing) {
        return missing.stream()
                .mapToLong(span -> spec.grid().count(span.start(), span.end()))
                .sum();
    }

    /**
     * Completed windows whose published load is no longer what a load would be now: files have other rows for them, the
     * pipeline is another one, or what it looks things up in.
     */
    private Map<Window, Cause> changed(Window range, IntervalSet done) {
        if (done.isEmpty()) {
            return Map.of();
        }
        WindowSources sources = WindowSources.between(
                session.state(), session.environment(), loader.node().name(), range.start(), range.end());
        Map<Slice, Load> candidates = new LinkedHashMap<>();
        for (Load load :
                session.state().loads(session.environment(), loader.node().name())) {
            if (load.slice() instanceof Slice.OfWindow(Window window)
                    && !window.start().isBefore(range.start())
                    && !window.end().isAfter(range.end())
                    && done.contains(window)) {
                candidates.put(load.slice(), load);
            }
        }
        Map<Slice, String> tokens =
                pipeline.looksUp() ? loader.sourceTokens(List.copyOf(candidates.keySet())) : Map.of();
        Map<Window, Cause> changed = new TreeMap<>();
        candidates.forEach((slice, load) -> {
            List<String> present = sources.of(slice);
            Window window = ((Slice.OfWindow) slice).window();
            if (!seen(load).equals(new HashSet<>(present))) {
                changed.put(window, Cause.LATE);
            } else if (!present.isEmpty()
                    && !(loader.fingerprint().equals(load.fingerprint())
                            && tokens.getOrDefault(slice, "").equals(pipeline.looksUp() ? load.sourceToken() : ""))) {
                changed.put(window, Cause.CHANGED);
            }
        });
        return changed;
    }

    private static Set<String> seen(Load load) {
        return load.inputs() == null || load.inputs().isEmpty()
                ? Set.of()
                : new HashSet<>(Arrays.asList(load.inputs().split("\n")));
    }

    /** Another grid would put rows beside those of the old one. */
    private void requireSameGrid(List<WindowRun> recorded) {
        Grid calendar = Grid.of(spec.grid().every(), spec.zone(), Instant.EPOCH);
        for (WindowRun run : recorded) {
            if (calendar.count(run.span().start(), run.span().end()) != run.windows()
                    || !starts(calendar, run.span().start())
                    || !starts(calendar, run.span().end())) {
                throw new PipelineException(
                                ErrorCode.UNSUPPORTED,
                                "windows of " + loader.node().name() + " have been loaded that are not "
                                        + spec.grid().every().text() + " in " + spec.zone())
                        .withHint("keep the old grid, or load into another table by a pipeline of another name");
            }
        }
    }

    private static boolean starts(Grid calendar, Instant instant) {
        return calendar.windowAt(instant)
                .filter(window -> window.start().equals(instant))
                .isPresent();
    }

    private Iterator<SliceRequest> windows(IntervalSet missing, Map<Window, Cause> changed) {
        Stream<Window> fresh = missing.stream().flatMap(span -> spec.grid().windows(span.start(), span.end()));
        var all = Stream.concat(changed.keySet().stream(), fresh).iterator();
        return new Iterator<>() {
            private final List<SliceRequest> page = new ArrayList<>();
            private int next;

            @Override
            public boolean hasNext() {
                return next < page.size() || all.hasNext();
            }

            @Override
            public SliceRequest next() {
                if (next == page.size()) {
                    page.clear();
                    next = 0;
                    fill();
                }
                return page.get(next++);
            }

            private void fill() {
                List<Slice.OfWindow> windows = new ArrayList<>();
                while (all.hasNext() && windows.size() < Session.GROUP) {
                    windows.add(new Slice.OfWindow(all.next()));
                }
                Map<Slice, Record> records = session.state()
                        .records(session.environment(), loader.node().name(), windows);
                windows.forEach(slice ->
                        page.add(request(slice, records.get(slice), changed.getOrDefault(slice.window(), Cause.LATE))));
            }
        };
    }

    private SliceRequest request(Slice.OfWindow slice, @Nullable Record newest, Cause changed) {
        Window window = slice.window();
        var calendar = new CalendarColumns(
                window.start().atZone(spec.zone()).toLocalDate(),
                spec.grid().every().text());
        return request(slice, spec.grid().labelText(window), calendar, Optional.ofNullable(newest), changed);
    }

    private SliceRequest request(
            Slice slice, String label, @Nullable CalendarColumns calendar, Optional<Record> newest, Cause changed) {
        return new SliceRequest(
                slice,
                label,
                String.join(", ", pipeline.source().patterns()),
                loader.target().name(),
                calendar,
                "{}",
                Requests.cause(newest, changed),
                Requests.after(newest));
    }

    /** Files that have rows of no window, and no completed record that says so; also those that have none any more. */
    private List<SliceRequest> files() {
        Map<Slice, Long> outside = new LinkedHashMap<>();
        for (FileVersion file :
                session.state().files(session.environment(), loader.node().name())) {
            long inWindows = file.windowRows().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            // files of the same bytes share a slice
            outside.merge(new Slice.OfFile(file.sha256()), file.rows() - inWindows, Long::sum);
        }
        // a version that another one took the place of has no rows any more
        for (Load load :
                session.state().loads(session.environment(), loader.node().name())) {
            if (load.slice() instanceof Slice.OfFile && load.rejected() > 0) {
                outside.putIfAbsent(load.slice(), 0L);
            }
        }
        Map<Slice, Record> records =
                session.state().records(session.environment(), loader.node().name(), outside.keySet());
        List<SliceRequest> requests = new ArrayList<>();
        outside.forEach((slice, rows) -> {
            Optional<Record> newest = Optional.ofNullable(records.get(slice));
            boolean wanted = rows > 0 || newest.isPresent();
            if (wanted && newest.filter(record -> saysSo(record, rows)).isEmpty()) {
                String label = slice.text().substring(2, 14);
                requests.add(request(slice, label, null, newest, Cause.CHANGED));
            }
        });
        return requests;
    }

    private static boolean saysSo(Record record, long rejected) {
        var staging = record.staging();
        return record.status() == Status.COMPLETED
                && staging != null
                && staging.counts().read() == rejected;
    }
}
