package io.leat.state;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Loads SQLite's native code. The driver unpacks it into the temporary folder and removes it when the process ends, which a
 * killed process never does; so it is unpacked into a folder of its own, which is removed as soon as the code is loaded.
 */
final class SqliteLibrary {
    private static final String UNPACK_INTO = "org.sqlite.tmpdir";

    private SqliteLibrary() {}

    /** The first call loads; later ones only say how that went. */
    static void load() {
        Exception failure = Loading.FAILURE;
        if (failure != null) {
            throw new PipelineException(
                    ErrorCode.STATE_UNREACHABLE, "SQLite cannot be loaded: " + failure.getMessage(), failure);
        }
    }

    /** Initialised once, whichever thread comes first. */
    private static final class Loading {
        private static final @Nullable Exception FAILURE = attempt();
    }

    private static @Nullable Exception attempt() {
        if (System.getProperty(UNPACK_INTO) != null) {
            return null; // the driver does as it was told
        }
        try {
            Path folder = Files.createTempDirectory("leat-sqlite-");
            System.setProperty(UNPACK_INTO, folder.toString());
            try {
                SQLiteJDBCLoader.initialize();
            } finally {
                System.clearProperty(UNPACK_INTO);
                remove(folder);
            }
            return null;
        } catch (Exception failure) {
            return failure;
        }
    }

    /** Where a loaded file cannot be removed the driver still does it at the end of the process. */
    private static void remove(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException _) {
            return;
        }
    }
}
