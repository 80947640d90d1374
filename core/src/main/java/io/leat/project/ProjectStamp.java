package io.leat.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Notices that files of a project are others than before. Looks no more often than each second; used by several threads. */
public final class ProjectStamp {

    private static final List<String> PLACES =
            List.of(Place.FILE, ".env", "config", "pipelines", "models", "audits", "macros", Plugins.FOLDER);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Path root;
    private Map<String, String> known;
    private long looked = System.nanoTime();

    /** As the files of the project in this folder are now. */
    public ProjectStamp(Path root) {
        this.root = root;
        this.known = files();
    }

    /** Whether they are others than when this was last true, or at first. */
    public synchronized boolean changed() {
        if (System.nanoTime() - looked < LOOK.toNanos()) {
            return false;
        }
        looked = System.nanoTime();
        Map<String, String> now = files();
        boolean changed = !now.equals(known);
        known = now;
        return changed;
    }

    private Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        for (String place : PLACES) {
            Path path = root.resolve(place);
            if (!Files.exists(path)) {
                continue;
            }
            try (Stream<Path> below = Files.walk(path)) {
                below.filter(Files::isRegularFile).forEach(file -> files.put(file.toString(), stamp(file)));
            } catch (IOException | UncheckedIOException e) {
                files.put(place, "unreadable"); // while somebody replaces it; the next look sees what it is
            }
        }
        return files;
    }

    private static String stamp(Path file) {
        try {
            return Files.size(file) + " " + Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return "gone";
        }
    }
}
