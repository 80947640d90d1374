package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of a store: made, brought up to date, refused. */
class SqliteStateTest {
    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("state.db");
    }

    private StateStore open() {
        return SqliteState.open(file());
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file());
    }

    private void run(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void assertFails(ErrorCode code, String words, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(PipelineException.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.message()).contains(words);
            assertThat(failure.context()).isNotEmpty();
            assertThat(failure.hint()).isPresent();
        });
    }

    @Test
    void makesTheFolderOfAStore() {
        try (var store = SqliteState.open(folder.resolve("a/b/state.db"))) {
            assertThat(store.storeId()).isNotEmpty();
        }
    }

    @Test
    void writesAheadAndToTheDisk() throws SQLException {
        open().close();

        try (var connection = connect();
                var mode = connection.createStatement().executeQuery("PRAGMA journal_mode")) {
            assertThat(mode.getString(1)).isEqualTo("wal");
        }
    }

    @Test
    void startsNoFlywayOnACurrentStore() throws IOException {
        open().close();
        Files.delete(folder.resolve("state.db.migrating"));

        open().close();

        assertThat(folder.resolve("state.db.migrating")).doesNotExist();
    }

    @Test
    void refusesAStoreOfANewerProgram() throws SQLException {
        open().close();
        run("UPDATE leat_migrations SET version = '999' WHERE version = '001'");

        assertFails(ErrorCode.STATE_NEWER, "version 999", this::open);
    }

    @Test
    void refusesADatabaseThatIsNotLeats() throws SQLException {
        run("CREATE TABLE customers (id INTEGER)");

        assertFails(ErrorCode.STATE_CORRUPT, "not Leat's", this::open);
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws IOException {
        Files.writeString(file(), "state: of the art, but not of a database. ".repeat(100));

        assertFails(ErrorCode.STATE_CORRUPT, "not a state store", this::open);
    }

    @Test
    void refusesADamagedStore() throws IOException {
        open().close();
        byte[] bytes = Files.readAllBytes(file());
        java.util.Arrays.fill(bytes, 100, bytes.length, (byte) 0x5a);
        Files.write(file(), bytes);

        assertFails(ErrorCode.STATE_CORRUPT, "damaged", this::open);
    }

    @Test
    void refusesAFolderInPlaceOfTheFile() throws IOException {
        Files.createDirectory(file());

        assertFails(ErrorCode.STATE_UNREACHABLE, "a folder in place of", this::open);
    }

    @Test
    void refusesAPlaceBelowAFile() throws IOException {
        Files.writeString(folder.resolve("plain"), "x");

        assertFails(
                ErrorCode.STATE_UNREACHABLE,
                "cannot be made",
                () -> SqliteState.open(folder.resolve("plain/state.db")));
    }

    @Test
    void refusesAFolderThatTakesNoFiles() {
        assumeThat(Path.of("/proc/self")).as("a system with /proc").exists();

        assertFails(ErrorCode.STATE_UNREACHABLE, "", () -> SqliteState.open(Path.of("/proc/state.db")));
    }

    @Test
    void refusesAFolderThatMayNotBeWritten() throws IOException {
        assumeThat(System.getProperty("user.name"))
                .as("root may write everywhere")
                .isNotEqualTo("root");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assertFails(ErrorCode.STATE_UNREACHABLE, "cannot be written", this::open);
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void waitsForWhoeverMigratesButNotForever() throws IOException {
        Path guard = folder.resolve("state.db.migrating");
        try (var channel = FileChannel.open(guard, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertFails(
                    ErrorCode.STATE_BUSY,
                    "migrating the state store for too long",
                    () -> SqliteState.open(file(), Duration.ZERO, Duration.ofMillis(50)));
        }
        open().close();
    }

    @Test
    void refusesToWorkOnceItIsClosed() {
        var store = open();
        store.close();
        store.close();

        assertThatThrownBy(store::now).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }

    @Test
    void goesOnWithANewConnectionAfterADatabaseHasFailedUnderIt() throws SQLException {
        try (var store = open()) {
            run("ALTER TABLE runs RENAME TO gone");
            assertFailsInside(() -> store.runs(StateStoreContract.DEV, 1, 0));
            assertFailsInside(() -> store.startRun(StateStoreContract.DEV, "run", List.of(), Owner.current()));
            run("ALTER TABLE gone RENAME TO runs");

            store.startRun(StateStoreContract.DEV, "run", List.of(), Owner.current());

            assertThat(store.runs(StateStoreContract.DEV, 10, 0)).hasSize(1);
        }
    }

    private static void assertFailsInside(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PipelineException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL));
    }

    @Test
    void refusesARowThatLacksWhatItMustHave() throws SQLException {
        try (var store = open()) {
            run("INSERT INTO iceberg_tables VALUES ('dev', 'bronze', 'half', NULL, NULL, 'TABLE')");

            assertThatThrownBy(() -> store.tables(StateStoreContract.DEV))
                    .hasMessageContaining("metadata_location is NULL and must not be");
        }
    }

    @Test
    void saysThatTheStoreStayedLockedWhileReadersGoOn() throws SQLException {
        try (var store = SqliteState.open(file(), Duration.ZERO, Duration.ofMillis(50));
                var connection = connect()) {
            connection.createStatement().execute("BEGIN IMMEDIATE");

            assertFails(
                    ErrorCode.STATE_BUSY,
                    "stayed locked",
                    () -> store.startRun(StateStoreContract.DEV, "run", List.of(), Owner.current()));
            assertThat(store.runs(StateStoreContract.DEV, 10, 0))
                    .as("readers do not wait")
                    .isEmpty();

            connection.createStatement().execute("ROLLBACK");
            store.startRun(StateStoreContract.DEV, "run", List.of(), Owner.current());
            assertThat(store.runs(StateStoreContract.DEV, 10, 0)).hasSize(1);
        }
    }

    @Test
    void showsRecordsByTheNamesThatPeopleKnow() throws SQLException {
        try (var store = open()) {
            var run = store.startRun(StateStoreContract.DEV, "run", List.of(), Owner.current());
            store.claim(
                    StateStoreContract.DEV,
                    StateStoreContract.TRIPS,
                    StateStoreContract.requests(0, 1),
                    new Claimant(Owner.current(), run, Duration.ofMinutes(1)));
            try (var connection = connect();
                    var row = connection
                            .createStatement()
                            .executeQuery("SELECT key_x, key_y, dag_run_id, window_start_time, target_day"
                                    + " FROM pipeline_records_readable")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("2024-01-01");
                assertThat(row.getString(2)).isNull();
                assertThat(row.getString(3)).isEqualTo(run.value());
                assertThat(row.getString(4)).isEqualTo("2024-01-01T00:00:00Z");
                assertThat(row.getString(5)).isEqualTo("2024-01-01");
            }
        }
    }

    @Test
    void aStoreThatCannotGrowSaysSoLosesNothingAndGoesOnWhenItCan() throws InterruptedException {
        open().close();
        var eightMegabytes = List.of("bash", "-c", "ulimit -f 8192; exec \"$@\"", "limited");
        try (var process = StateProcess.start(eightMegabytes, List.of(), "fill", file().toString())) {
            var lines = process.lines();

            assertThat(process.exitCode()).isZero();
            int claims = lines.size() - 2;
            assertThat(claims).isPositive();
            assertThat(lines.get(claims)).startsWith(ErrorCode.DISK_FULL + " there is no space left");
            assertThat(lines.getLast()).isEqualTo("" + claims * 100);
            try (var store = open()) {
                assertThat(store.count(RecordQuery.of(StateStoreContract.DEV))).isEqualTo(claims * 100L);
                assertThat(StateProcess.claimed(store, StateStoreContract.requests(0, 20)))
                        .hasSize(20);
            }
        }
    }
}
