package io.leat.run;

import io.leat.project.Node;
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
import java.util.HashMap;
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
    private final Node node;
    private final Pipeline pipeline;
    private final WindowSpec spec;

    WindowDue(Session session, Node node, Pipeline pipeline) {
        this.session = session;
        this.node = node;
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
        IntervalSet done = done();
        IntervalSet missing = IntervalSet.of(range.get()).minus(done);
        Map<Instant, Window> changed = changed(range.get(), done);
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

    private IntervalSet done() {
        return IntervalSet.of(session.state().windowRuns(session.environment(), node.name()).stream()
                .filter(run -> run.status() == Status.COMPLETED || run.status() == Status.SKIPPED)
                .map(WindowRun::span)
                .toList());
    }

    private long count(IntervalSet missing) {
        return missing.stream()
                .mapToLong(span -> spec.grid().count(span.start(), span.end()))
                .sum();
    }

    /** Completed windows for which files have rows that the published load has not seen. */
    private Map<Instant, Window> changed(Window range, IntervalSet done) {
        WindowSources sources =
                WindowSources.between(session.state(), session.environment(), node.name(), range.start(), range.end());
        if (sources.starts().isEmpty() || done.isEmpty()) {
            return Map.of();
        }
        Map<Instant, Set<String>> published = published();
        Map<Instant, Window> changed = new TreeMap<>();
        for (Instant start : sources.starts()) {
            Optional<Window> window = spec.grid().windowAt(start);
            if (window.isPresent() && done.contains(window.get())) {
                Set<String> seen = published.getOrDefault(start, Set.of());
                if (!seen.containsAll(sources.of(new Slice.OfWindow(window.get())))) {
                    changed.put(start, window.get());
                }
            }
        }
        return changed;
    }

    private Map<Instant, Set<String>> published() {
        Map<Instant, Set<String>> published = new HashMap<>();
        for (Load load : session.state().loads(session.environment(), node.name())) {
            if (load.windowStart() != null && load.inputs() != null) {
                published.put(
                        load.windowStart(),
                        new HashSet<>(Arrays.asList(load.inputs().split("\n"))));
            }
        }
        return published;
    }

    private Iterator<SliceRequest> windows(IntervalSet missing, Map<Instant, Window> changed) {
        Stream<Window> fresh = missing.stream().flatMap(span -> spec.grid().windows(span.start(), span.end()));
        var all = Stream.concat(changed.values().stream(), fresh).iterator();
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
                Map<Slice, Record> records = session.state().records(session.environment(), node.name(), windows);
                windows.forEach(slice -> page.add(request(slice, records.get(slice))));
            }
        };
    }

    private SliceRequest request(Slice.OfWindow slice, @Nullable Record newest) {
        Window window = slice.window();
        var calendar = new CalendarColumns(
                window.start().atZone(spec.zone()).toLocalDate(),
                spec.grid().every().text());
        return request(slice, spec.grid().labelText(window), calendar, Optional.ofNullable(newest), Cause.LATE);
    }

    private SliceRequest request(
            Slice slice, String label, @Nullable CalendarColumns calendar, Optional<Record> newest, Cause changed) {
        return new SliceRequest(
                slice,
                label,
                String.join(", ", pipeline.source().patterns()),
                node.table().toString(),
                calendar,
                "{}",
                Requests.cause(newest, changed),
                Requests.after(newest));
    }

    /** Files that have rows of no window, and no completed record that says so; also those that have none any more. */
    private List<SliceRequest> files() {
        Map<Slice, Long> outside = new LinkedHashMap<>();
        for (FileVersion file : session.state().files(session.environment(), node.name())) {
            long inWindows = file.windowRows().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            // files of the same bytes share a slice
            outside.merge(new Slice.OfFile(file.sha256()), file.rows() - inWindows, Long::sum);
        }
        Map<Slice, Record> records = session.state().records(session.environment(), node.name(), outside.keySet());
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
