package io.leat.state;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** Opens a state store in an SQLite file. */
public final class SqliteState {
    /** A system property: how many seconds to wait for a lock that another process has. */
    public static final String PATIENCE = "leat.state.patience";

    private static final int PATIENCE_SECONDS = 30;

    private SqliteState() {}

    /**
     * Opens the store in this file, creates it with its folder, or brings it to the program's version. Of several processes
     * that do so at once one does the work and the others wait.
     *
     * @throws PipelineException E202 if a newer program has written it, E203 if it is no state store, E207 if it cannot be
     *     reached, E201 if it stays locked
     */
    public static StateStore open(Path file) {
        return open(file, Duration.ZERO);
    }

    /** @param clockOffset added to the store's clock, so that tests need not wait for leases */
    public static StateStore open(Path file, Duration clockOffset) {
        return open(file, clockOffset, patience());
    }

    static StateStore open(Path file, Duration clockOffset, Duration patience) {
        return open(file, clockOffset, patience, (database, _) -> new SqlStateStore(database));
    }

    /**
     * Opens the store for whoever looks after it; also one that has moved.
     *
     * @throws PipelineException as {@link #open(Path)}
     */
    public static StateKeeper keeper(Path file, Duration clockOffset) {
        String place = file.toAbsolutePath().normalize().toString();
        return open(
                file,
                clockOffset,
                patience(),
                (database, versionBefore) -> new StateKeeper(database, new SqliteKeeping(), place, versionBefore));
    }

    private static Duration patience() {
        return Duration.ofSeconds(Integer.getInteger(PATIENCE, PATIENCE_SECONDS));
    }

    /** What is made of a database whose tables are up to date. */
    @FunctionalInterface
    private interface Use<T> {
        T of(Database database, int versionBefore);
    }

    private static <T> T open(Path file, Duration clockOffset, Duration patience, Use<T> use) {
        Path place = file.toAbsolutePath().normalize();
        checkPlace(place);
        SqliteLibrary.load();
        var migrations = new SqliteMigrations(place, patience);
        try {
            return opened(place, clockOffset, patience, migrations, use);
        } catch (PipelineException failure) {
            throw failure.context().containsKey("file") ? failure : failure.with("file", place.toString());
        }
    }

    private static <T> T opened(
            Path place, Duration clockOffset, Duration patience, SqliteMigrations migrations, Use<T> use) {
        boolean made = !exists(place);
        if (made) {
            migrations.bringUpToDate();
        }
        var database = new SqliteDatabase(place, clockOffset, patience);
        try {
            int found = database.read(SqliteMigrations::found);
            if (found < StoreVersion.VERSION) {
                migrations.bringUpToDate();
            }
            return use.of(database, made ? 0 : found);
        } catch (Throwable failure) {
            database.close();
            throw failure;
        }
    }

    /** Whether there is anything in the file; another process may be about to write its first page. */
    private static boolean exists(Path file) {
        try {
            return Files.size(file) > 0;
        } catch (IOException _) {
            return false;
        }
    }

    private static void checkPlace(Path file) {
        if (Files.isDirectory(file)) {
            throw unreachable(file, "there is a folder in place of the state store");
        }
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        try {
            Files.createDirectories(folder);
        } catch (IOException _) {
            throw unreachable(folder, "the folder of the state store cannot be made");
        }
        if (!Files.isWritable(folder)) {
            throw unreachable(folder, "the folder of the state store cannot be written");
        }
        if (Files.exists(file) && !(Files.isReadable(file) && Files.isWritable(file))) {
            throw unreachable(file, "the state store cannot be read and written by this user");
        }
    }

    private static PipelineException unreachable(Path path, String message) {
        return new PipelineException(ErrorCode.STATE_UNREACHABLE, message, Map.of("path", path.toString()), null)
                .withHint("Set `state:` in leat.yaml to a file in a folder that you may write.");
    }
}
