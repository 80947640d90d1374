package io.leat.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * DuckDB's native code, which its driver unpacks out of its jar into the temporary folder (72 MB) and removes when the process
 * ends. A killed process never does that, so the file is removed as soon as it is loaded: what is mapped stays readable. The
 * program as it is packed has the code beside the jar; then nothing is unpacked, and nothing removed.
 */
final class UnpackedLibrary {
    private static final Path MAPS = Path.of("/proc/self/maps");
    private static final String NAME = "libduckdb_java";

    private UnpackedLibrary() {}

    /**
     * Removes the file, once in a process, after the driver has loaded it; whether there was one. Where the system does not
     * list what is mapped the driver still tries at the end of the process.
     */
    static boolean remove() {
        return Once.REMOVED;
    }

    private static final class Once {
        private static final boolean REMOVED = removed();
    }

    private static boolean removed() {
        try {
            Path temp = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
            boolean any = false;
            for (String line : mapped()) {
                Path file = Path.of(line.substring(line.indexOf('/')));
                any |= line.endsWith(".so") && temp.equals(file.getParent()) && Files.deleteIfExists(file);
            }
            return any;
        } catch (IOException _) {
            return false;
        }
    }

    private static List<String> mapped() throws IOException {
        if (!Files.isReadable(MAPS)) {
            return List.of();
        }
        try (var lines = Files.lines(MAPS)) {
            return lines.filter(line -> line.contains("/" + NAME)).toList();
        }
    }
}
