package io.leat.run;

import io.leat.storage.LocalStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder of one process for what nobody needs when it ends. Those of dead processes are removed when another is made. */
final class TempFolder implements AutoCloseable {

    private final Path path;

    private TempFolder(Path path) {
        this.path = path;
    }

    static TempFolder in(Path parent) {
        LocalStore.createFolders(parent);
        removeDead(parent);
        try {
            return new TempFolder(
                    Files.createTempDirectory(parent, ProcessHandle.current().pid() + "-"));
        } catch (IOException e) {
            throw LocalStore.failed("create", parent, e);
        }
    }

    Path path() {
        return path;
    }

    private static void removeDead(Path parent) {
        try (Stream<Path> folders = Files.list(parent)) {
            folders.filter(TempFolder::isDead).forEach(TempFolder::remove);
        } catch (IOException | UncheckedIOException _) {
            // somebody else removes them too; the next run tries again
        }
    }

    private static boolean isDead(Path folder) {
        String[] parts = folder.getFileName().toString().split("-", 2);
        try {
            Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(parts[0]));
            return process.isEmpty();
        } catch (NumberFormatException _) {
            return false;
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> inside = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : inside) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException _) {
            // left for the next run
        }
    }

    @Override
    public void close() {
        remove(path);
    }
}
