package io.leat.run;

import io.leat.name.EnvironmentName;
import io.leat.name.PipelineName;
import io.leat.state.FileWindow;
import io.leat.state.SourceWindows;
import io.leat.state.StateReader;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What files hold of which windows, as the index knows it at one moment. */
final class WindowSources {

    private final SourceWindows windows;
    private final Map<Instant, List<String>> byStart = new HashMap<>();
    private final Map<Instant, Long> rows = new HashMap<>();

    private WindowSources(SourceWindows windows) {
        this.windows = windows;
        for (FileWindow file : windows.files()) {
            byStart.computeIfAbsent(file.windowStart(), start -> new ArrayList<>())
                    .add(file.content().content() + " " + file.content().rows() + " " + file.path());
            rows.merge(file.windowStart(), file.content().rows(), Long::sum);
        }
    }

    /** Of all windows among the slices, with one look at the index. */
    static WindowSources of(
            StateReader state, EnvironmentName environment, PipelineName pipeline, Collection<Slice> slices) {
        List<Window> windows = slices.stream()
                .filter(Slice.OfWindow.class::isInstance)
                .map(slice -> ((Slice.OfWindow) slice).window())
                .sorted()
                .toList();
        Instant from = windows.isEmpty() ? Instant.EPOCH : windows.getFirst().start();
        Instant to = windows.isEmpty() ? Instant.EPOCH : windows.getLast().end();
        return new WindowSources(state.sourceWindows(environment, pipeline, from, to));
    }

    /** The last change of the source that is in it. */
    long seen() {
        return windows.seen();
    }

    /** What each file holds of each window, by window and path. */
    List<FileWindow> files() {
        return windows.files();
    }

    /** Content, rows and path of each file version that has rows for the window, in the order of paths. */
    List<String> of(Window window) {
        return byStart.getOrDefault(window.start(), List.of());
    }

    /** How many rows all files together have for a window, by the index. */
    long rows(Window window) {
        return rows.getOrDefault(window.start(), 0L);
    }
}
