package io.leat.run;

import io.leat.name.EnvironmentName;
import io.leat.name.PipelineName;
import io.leat.state.FileWindow;
import io.leat.state.StateReader;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which versions of which files have rows for which windows, as the index knows it. */
final class WindowSources {

    private final Map<Instant, List<String>> byStart;
    private final Map<Instant, Long> rows;

    private WindowSources(Map<Instant, List<String>> byStart, Map<Instant, Long> rows) {
        this.byStart = byStart;
        this.rows = rows;
    }

    /** Of all windows among the slices, with one look at the index. */
    static WindowSources of(
            StateReader state, EnvironmentName environment, PipelineName pipeline, Collection<Slice> slices) {
        List<Window> windows = slices.stream()
                .filter(Slice.OfWindow.class::isInstance)
                .map(slice -> ((Slice.OfWindow) slice).window())
                .sorted()
                .toList();
        return windows.isEmpty()
                ? new WindowSources(Map.of(), Map.of())
                : between(
                        state,
                        environment,
                        pipeline,
                        windows.getFirst().start(),
                        windows.getLast().end());
    }

    /** Of all windows that start in {@code [from, to)}. */
    static WindowSources between(
            StateReader state, EnvironmentName environment, PipelineName pipeline, Instant from, Instant to) {
        Map<Instant, List<String>> byStart = new HashMap<>();
        Map<Instant, Long> rows = new HashMap<>();
        for (FileWindow file : state.fileWindows(environment, pipeline, from, to)) {
            byStart.computeIfAbsent(file.windowStart(), start -> new ArrayList<>())
                    .add(file.sha256() + " " + file.rows() + " " + file.path());
            rows.merge(file.windowStart(), file.rows(), Long::sum);
        }
        return new WindowSources(byStart, rows);
    }

    /** Hash, rows for the slice, and path of each file version that has any, in the order of paths; for a file, itself. */
    List<String> of(Slice slice) {
        return switch (slice) {
            case Slice.OfWindow(Window window) -> byStart.getOrDefault(window.start(), List.of());
            case Slice.OfFile(String sha256) -> List.of(sha256);
            case Slice.All _, Slice.OfOffsets _ -> List.of();
        };
    }

    /** How many rows all files together have for a window, by the index. */
    long rows(Window window) {
        return rows.getOrDefault(window.start(), 0L);
    }

    /** The starts of all windows that have rows. */
    Collection<Instant> starts() {
        return byStart.keySet();
    }
}
