package io.leat.run;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.project.Pipeline;
import io.leat.source.Copies;
import io.leat.source.FileIndex;
import io.leat.source.FileScan;
import io.leat.source.SourceFile;
import io.leat.source.WindowRows;
import io.leat.state.FileStamp;
import io.leat.state.FileVersion;
import io.leat.state.FileWindow;
import io.leat.state.NewFileVersion;
import io.leat.state.WindowContent;
import io.leat.time.Grid;
import io.leat.time.TimeSpan;
import io.leat.time.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files of a windowed pipeline as the state knows them. A version of a file is scanned once; a file that is gone keeps its
 * rows, a new version takes the place of the old one, except in windows that are closed.
 */
final class SourceIndex {

    /** A file that was written to this short a time ago may change again without a new time or size. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private static final int BATCH = 64;
    private static final int SHAPES = 16;

    private final Session session;
    private final Pipeline pipeline;
    private final Grid grid;
    private final FileIndex index;
    private final Set<String> unsorted = new HashSet<>();

    SourceIndex(Session session, Pipeline pipeline, Grid grid, Copies copies) {
        this.session = session;
        this.pipeline = pipeline;
        this.grid = grid;
        Path folder = session.project()
                .storage()
                .resolve(session.environment().value())
                .resolve("landing")
                .resolve("f");
        this.index = new FileIndex(
                session.duck(), pipeline.source(), pipeline.time(grid).orElseThrow(), folder, copies);
    }

    /**
     * Scans what is new and writes it down. The rows of files that are gone are sorted into the windows of now.
     *
     * @param closed windows in which files change nothing any more
     */
    void refresh(Predicate<Window> closed) {
        Map<String, FileStamp> known = new LinkedHashMap<>();
        session.state().files(session.environment(), pipeline.name()).forEach(file -> known.put(file.path(), file));
        List<NewFileVersion> fresh = new ArrayList<>();
        for (SourceFile file : pipeline.source().list(session.project().root())) {
            if (!isKnown(file, known.remove(file.name()))) {
                add(fresh, version(file, closed));
            }
        }
        for (FileStamp gone : known.values()) {
            if (!gone.fingerprint().equals(index.fingerprint())) {
                SourceFile file = file(gone);
                index.again(file, gone.sha256(), gone.fingerprint())
                        .ifPresentOrElse(scan -> add(fresh, version(scan, closed)), () -> unsorted.add(gone.path()));
            }
        }
        store(fresh);
    }

    private SourceFile file(FileStamp stamp) {
        return new SourceFile(
                stamp.path(), session.project().root().resolve(stamp.path()), stamp.size(), stamp.modified());
    }

    private void add(List<NewFileVersion> fresh, NewFileVersion version) {
        fresh.add(version);
        if (fresh.size() == BATCH) {
            store(fresh);
            fresh.clear();
        }
    }

    private void store(List<NewFileVersion> versions) {
        if (!versions.isEmpty()) {
            session.state().indexFiles(session.environment(), pipeline.name(), versions);
        }
    }

    private boolean isKnown(SourceFile file, @Nullable FileStamp stamp) {
        return stamp != null
                && stamp.size() == file.size()
                && stamp.modified().equals(file.modified())
                && stamp.fingerprint().equals(index.fingerprint())
                && file.modified().plus(SETTLED).isBefore(session.state().now());
    }

    private NewFileVersion version(SourceFile file, Predicate<Window> closed) {
        String sha256 = file.sha256();
        FileScan scan = index.scan(file, sha256);
        if (!sha256.equals(file.sha256())) {
            throw new PipelineException(
                            ErrorCode.SOURCE_CHANGED, "the file " + file.name() + " changed while it was read")
                    .withHint("run again when it is complete");
        }
        return version(scan, closed);
    }

    private NewFileVersion version(FileScan scan, Predicate<Window> closed) {
        SourceFile file = scan.file();
        var stamp = new FileStamp(file.name(), file.size(), file.modified(), scan.sha256(), index.fingerprint());
        Optional<FileVersion> before = session.state().file(session.environment(), pipeline.name(), file.name());
        boolean sameBytes = before.filter(version -> version.stamp().sha256().equals(scan.sha256()))
                .isPresent();
        SortedMap<Instant, WindowContent> earlier =
                before.map(FileVersion::windows).orElse(new TreeMap<>());
        SortedMap<Instant, WindowContent> windows = new TreeMap<>(scan.windows());
        SortedMap<Instant, Long> late = new TreeMap<>();
        scan.windows().forEach((start, content) -> {
            // bytes that were there before the window was closed are not late because they are read in another way
            boolean came = !sameBytes || before.orElseThrow().late().containsKey(start);
            if (came && isClosed(start, closed) && !content.equals(earlier.get(start))) {
                late.put(start, content.rows());
                windows.remove(start);
            }
        });
        // what was there before the window was closed stays
        Set<Instant> kept = sameBytes
                ? Set.of()
                : earlier.keySet().stream()
                        .filter(start -> isClosed(start, closed))
                        .collect(Collectors.toSet());
        return new NewFileVersion(new FileVersion(stamp, scan.read(), windows, late), kept);
    }

    private boolean isClosed(Instant start, Predicate<Window> closed) {
        return grid.windowAt(start).filter(closed).isPresent();
    }

    /** The scan of one version of a file. */
    private record Scan(String path, String sha256, String fingerprint) {}

    /** The rows of some windows, out of the files that have any. */
    WindowRows rows(Collection<Window> windows, WindowSources sources) {
        Map<Instant, Window> wanted = windows.stream().collect(Collectors.toMap(Window::start, Function.identity()));
        Map<Scan, List<Window>> windowsOf = new LinkedHashMap<>();
        for (FileWindow file : sources.files()) {
            Window window = wanted.get(file.windowStart());
            if (window != null) {
                requireSameWindows(file);
                windowsOf
                        .computeIfAbsent(
                                new Scan(file.path(), file.sha256(), file.fingerprint()), none -> new ArrayList<>())
                        .add(window);
            }
        }
        return open(windowsOf.entrySet().stream()
                .map(scan -> part(scan.getKey(), scan.getValue()))
                .toList());
    }

    /** Another process has sorted the file's rows into other windows: this one's would get only some of their rows. */
    private void requireSameWindows(FileWindow file) {
        if (!file.kept() && !file.fingerprint().equals(index.fingerprint()) && !unsorted.contains(file.path())) {
            throw new PipelineException(
                    ErrorCode.SOURCE_CHANGED,
                    "the rows of " + file.path() + " were sorted into other windows by another process");
        }
    }

    /** Files whose rows in the range are in windows of another grid, and cannot be sorted anew. */
    List<String> unsorted(Window range) {
        return session
                .state()
                .sourceWindows(session.environment(), pipeline.name(), range.start(), range.end())
                .files()
                .stream()
                .filter(file -> file.kept() || unsorted.contains(file.path()))
                .map(FileWindow::path)
                .distinct()
                .toList();
    }

    /** No row, with the columns that files have. */
    WindowRows none() {
        return open(session.state().files(session.environment(), pipeline.name()).stream()
                .limit(SHAPES)
                .map(file -> part(new Scan(file.path(), file.sha256(), file.fingerprint()), List.of()))
                .toList());
    }

    private WindowRows open(List<WindowRows.Part> parts) {
        return WindowRows.open(session.duck(), parts, pipeline.rows().columns().sources());
    }

    private WindowRows.Part part(Scan scan, List<Window> windows) {
        return new WindowRows.Part(
                scan.path(),
                session.project().root().resolve(scan.path()),
                index.rows(scan.sha256(), scan.fingerprint()),
                windows);
    }

    /** A query for the records of files of these bytes that belong to no window, or came too late; empty if there are none. */
    Optional<String> rejects(String sha256) {
        return session.state().paths(session.environment(), pipeline.name(), sha256).stream()
                .flatMap(path -> session.state().file(session.environment(), pipeline.name(), path).stream())
                .flatMap(file -> rejects(file).stream())
                .reduce((some, more) -> some + "\nUNION ALL\n" + more);
    }

    private List<String> rejects(FileVersion file) {
        FileStamp stamp = file.stamp();
        FileScan scan = index.scan(file(stamp), stamp.sha256());
        List<String> queries = new ArrayList<>();
        scan.rejectsQuery().ifPresent(queries::add);
        if (!file.late().isEmpty()) {
            String taken = pipeline.window()
                    .flatMap(window -> window.renewal().late())
                    .map(TimeSpan::text)
                    .orElse("some time");
            queries.add(index.late(scan, file.late().keySet(), taken));
        }
        return queries;
    }
}
