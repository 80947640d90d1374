package io.leat.state;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/** Brings the tables of a store to the program's version, one process at a time. */
final class SqliteMigrations {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Path file;
    private final Duration patience;

    SqliteMigrations(Path file, Duration patience) {
        this.file = file;
        this.patience = patience;
    }

    /**
     * The version of the store before anything is done to it; 0 for an empty file. Cheap: it starts no Flyway.
     *
     * @throws PipelineException if the program is too old for it, or it is not Leat's
     */
    static int found(Session session) throws SQLException {
        return StoreVersion.found(
                session,
                session.list(
                        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
                        Row::text));
    }

    /** Waits for its turn, then migrates if that is still needed. */
    void bringUpToDate() {
        Path guard = file.resolveSibling(file.getFileName() + ".migrating");
        try (var channel = FileChannel.open(guard, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = locked(channel)) {
            assert lock.isValid();
            migrate();
        } catch (IOException failure) {
            throw new PipelineException(
                            ErrorCode.STATE_UNREACHABLE,
                            "the guard of the state store cannot be written: " + failure.getMessage(),
                            Map.of("file", guard.toString()),
                            failure)
                    .withHint("The file and its folder must be writable, on a local disk.");
        }
    }

    private void migrate() {
        try (var database = new SqliteDatabase(file, Duration.ZERO, patience)) {
            if (database.read(SqliteMigrations::found) == StoreVersion.VERSION) {
                return;
            }
        }
        try {
            Flyway.configure(SqliteMigrations.class.getClassLoader())
                    .dataSource(dataSource())
                    .locations("classpath:io/leat/state/migration/sqlite")
                    .table(StoreVersion.HISTORY)
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException failure) {
            SQLException cause = sqlCause(failure);
            if (cause != null) {
                throw SqliteFaults.explain(file, cause);
            }
            throw new PipelineException(
                    ErrorCode.INTERNAL,
                    "the state store could not be migrated: " + failure.getMessage(),
                    Map.of("file", file.toString()),
                    failure);
        }
    }

    private SQLiteDataSource dataSource() {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout((int) patience.toMillis());
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static @Nullable SQLException sqlCause(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException found) {
                return found;
            }
        }
        return null;
    }

    /** The operating system frees the lock of a process that dies. */
    private FileLock locked(FileChannel channel) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            FileLock lock = tried(channel);
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new PipelineException(
                                ErrorCode.STATE_BUSY,
                                "another process has been migrating the state store for too long",
                                Map.of("file", file.toString()),
                                null)
                        .withHint("Try again when it has ended.");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static @Nullable FileLock tried(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null; // another thread of this process
        }
    }
}
