package io.leat.run;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.project.Pipeline;
import io.leat.source.Copies;
import io.leat.source.FileIndex;
import io.leat.source.FileScan;
import io.leat.source.SourceFile;
import io.leat.source.WindowRows;
import io.leat.state.FileVersion;
import io.leat.state.FileWindow;
import io.leat.time.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files of a windowed pipeline as the state knows them. A version of a file is scanned once; a file that is gone keeps its
 * rows, a new version takes the place of the old one.
 */
final class SourceIndex {

    /** A file that was written to this short a time ago may change again without a new time or size. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private static final int BATCH = 64;
    private static final int SHAPES = 16;

    private final Session session;
    private final Pipeline pipeline;
    private final FileIndex index;

    SourceIndex(Session session, Pipeline pipeline, Copies copies) {
        this.session = session;
        this.pipeline = pipeline;
        Path folder = session.project()
                .storage()
                .resolve(session.environment().value())
                .resolve("landing")
                .resolve("f");
        this.index =
                new FileIndex(session.duck(), pipeline.source(), pipeline.time().orElseThrow(), folder, copies);
    }

    /** Scans what is new and writes it down. */
    void refresh() {
        Map<String, FileVersion> known = new HashMap<>();
        session.state().files(session.environment(), pipeline.name()).forEach(file -> known.put(file.path(), file));
        List<FileVersion> fresh = new ArrayList<>();
        for (SourceFile file : pipeline.source().list(session.project().root())) {
            if (!isKnown(file, known.get(file.name()))) {
                fresh.add(version(file));
            }
            if (fresh.size() == BATCH) {
                store(fresh);
                fresh.clear();
            }
        }
        store(fresh);
    }

    private void store(List<FileVersion> versions) {
        if (!versions.isEmpty()) {
            session.state().indexFiles(session.environment(), pipeline.name(), versions);
        }
    }

    private boolean isKnown(SourceFile file, @Nullable FileVersion version) {
        return version != null
                && version.size() == file.size()
                && version.modified().equals(file.modified())
                && version.fingerprint().equals(index.fingerprint())
                && file.modified().plus(SETTLED).isBefore(session.state().now());
    }

    private FileVersion version(SourceFile file) {
        String sha256 = file.sha256();
        FileScan scan = index.scan(file, sha256);
        if (!sha256.equals(file.sha256())) {
            throw new PipelineException(
                            ErrorCode.SOURCE_CHANGED, "the file " + file.name() + " changed while it was read")
                    .withHint("run again when it is complete");
        }
        return new FileVersion(
                file.name(), file.size(), file.modified(), sha256, scan.read(), index.fingerprint(), scan.windowRows());
    }

    /** The rows of some windows, out of the files that have any. */
    WindowRows rows(Collection<Window> windows) {
        List<Window> sorted = windows.stream().sorted().toList();
        Set<Instant> wanted = new HashSet<>(sorted.stream().map(Window::start).toList());
        Set<WindowRows.Part> parts = new LinkedHashSet<>();
        for (FileWindow file : session.state()
                .fileWindows(
                        session.environment(),
                        pipeline.name(),
                        sorted.getFirst().start(),
                        sorted.getLast().end())) {
            if (wanted.contains(file.windowStart())) {
                parts.add(part(file.path(), file.sha256()));
            }
        }
        return open(parts, sorted);
    }

    /** No row, with the columns that files have. */
    WindowRows none() {
        List<WindowRows.Part> parts = session.state().files(session.environment(), pipeline.name()).stream()
                .limit(SHAPES)
                .map(file -> part(file.path(), file.sha256()))
                .toList();
        return open(parts, List.of());
    }

    private WindowRows open(Collection<WindowRows.Part> parts, List<Window> windows) {
        return WindowRows.open(
                session.duck(),
                List.copyOf(parts),
                windows,
                pipeline.rows().columns().sources());
    }

    private WindowRows.Part part(String name, String sha256) {
        return new WindowRows.Part(name, session.project().root().resolve(name), index.rows(sha256));
    }

    /** The hashes of the present versions of all files. */
    Set<String> hashes() {
        return session.state().files(session.environment(), pipeline.name()).stream()
                .map(FileVersion::sha256)
                .collect(Collectors.toSet());
    }

    /** A query for the records of files of these bytes that belong to no window; empty if there are none. */
    Optional<String> rejects(String sha256) {
        return session.state().files(session.environment(), pipeline.name()).stream()
                .filter(file -> file.sha256().equals(sha256))
                .flatMap(file -> scan(file).rejectsQuery().stream())
                .reduce((some, more) -> some + "\nUNION ALL\n" + more);
    }

    private FileScan scan(FileVersion file) {
        Path path = session.project().root().resolve(file.path());
        return index.scan(new SourceFile(file.path(), path, file.size(), file.modified()), file.sha256());
    }
}
