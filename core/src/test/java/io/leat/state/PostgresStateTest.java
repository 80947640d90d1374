package io.leat.state;

import static io.leat.state.PostgresStores.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.connection.PostgresConnection;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.testing.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store on a server that refuses, is silent, or has only so much patience. */
class PostgresStateTest {
    private final PostgresServer server = PostgresServer.shared();
    private final PostgresConnection place = PostgresStores.made();

    private StateStore open() {
        return PostgresState.open(place);
    }

    private StateStore open(Duration patience) {
        return PostgresState.open(place, Duration.ZERO, patience);
    }

    private PostgresConnection as(String user, String password) {
        return PostgresStores.connection(server.port(), place.database(), user, password, "leat");
    }

    private void run(String sql) {
        server.run(place.database(), sql);
    }

    private static void start(StateStore store) {
        store.startRun(StateStoreContract.DEV, "run", List.of(), StateStoreContract.ME);
    }

    @Test
    void refusesAStoreOfANewerProgram() {
        open().close();
        run("UPDATE leat.leat_migrations SET version = '999'");

        assertFails(ErrorCode.STATE_NEWER, "version 999", this::open);
    }

    @Test
    void refusesAServerThatDoesNotAnswer() throws IOException {
        int unused;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = socket.getLocalPort();
        }

        assertFails(
                ErrorCode.STATE_UNREACHABLE,
                "cannot be reached",
                () -> PostgresState.open(PostgresStores.connection(unused, "leat")));
    }

    @Test
    void refusesAServerThatIsSilent() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var there = PostgresStores.connection(silent.getLocalPort(), "leat");

            assertFails(
                    ErrorCode.STATE_UNREACHABLE,
                    "cannot be reached",
                    () -> PostgresState.open(there, Duration.ZERO, Duration.ofMillis(500)));
        }
    }

    @Test
    void refusesADatabaseThatIsNotThere() {
        assertFails(
                ErrorCode.STATE_UNREACHABLE,
                "no such database",
                () -> PostgresState.open(PostgresStores.connection(server.port(), "nowhere")));
    }

    @Test
    void refusesAPasswordThatIsWrong() {
        assertFails(
                ErrorCode.PERMISSION,
                "refuses this user",
                () -> PostgresState.open(as(PostgresServer.USER, "windmill")));
    }

    @Test
    void saysThatTheServerHasNoConnectionLeft() {
        String many = "many_of_" + place.database();
        run("CREATE ROLE " + many + " LOGIN PASSWORD 'many' CONNECTION LIMIT 0");

        assertFails(ErrorCode.STATE_BUSY, "no connection left", () -> PostgresState.open(as(many, "many")));
    }

    @Test
    void readsWhereItMayNotWrite() {
        open().close();
        run("ALTER DATABASE " + place.database() + " SET default_transaction_read_only = on");

        try (var store = open()) {
            assertThat(store.runs(StateStoreContract.DEV, 10, 0)).isEmpty();
            assertFails(ErrorCode.STATE_UNREACHABLE, "can only be read", () -> start(store));
        }
    }

    @Test
    void refusesToWorkOnceItIsClosed() {
        var store = open();
        store.close();
        store.close();

        assertThatThrownBy(store::now).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }

    @Test
    void saysThatTheStoreStayedLockedWhileReadersGoOn() throws SQLException {
        try (var store = open(Duration.ofMillis(300));
                var connection = server.connect(place.database())) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("LOCK TABLE leat.runs IN SHARE MODE");

            assertFails(ErrorCode.STATE_BUSY, "stayed locked", () -> start(store));
            assertThat(store.runs(StateStoreContract.DEV, 10, 0)).isEmpty();

            connection.rollback();
            start(store);
            assertThat(store.runs(StateStoreContract.DEV, 10, 0)).hasSize(1);
        }
    }

    @Test
    void goesOnAfterATableWasGone() {
        try (var store = open()) {
            run("ALTER TABLE leat.runs RENAME TO gone");
            assertThatThrownBy(() -> start(store))
                    .isInstanceOfSatisfying(
                            PipelineException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL));
            run("ALTER TABLE leat.gone RENAME TO runs");

            start(store);
        }
    }

    @Test
    void isWrittenByAThreadThatWasInterrupted() {
        try (var store = open()) {
            Thread.currentThread().interrupt();

            start(store);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(store.runs(StateStoreContract.DEV, 10, 0)).hasSize(1);
        }
    }

    @Test
    void showsRecordsByTheNamesThatPeopleKnow() throws SQLException {
        run("ALTER DATABASE " + place.database() + " SET timezone = 'Asia/Kathmandu'");
        try (var store = open()) {
            var run = store.startRun(StateStoreContract.DEV, "run", List.of(), StateStoreContract.ME);
            store.claim(
                    StateStoreContract.DEV,
                    StateStoreContract.TRIPS,
                    StateStoreContract.requests(0, 1),
                    new Claimant(StateStoreContract.ME, run, Duration.ofMinutes(1)));
            try (var connection = server.connect(place.database());
                    var row = connection
                            .createStatement()
                            .executeQuery("SELECT key_x, key_y, dag_run_id, window_start_time, target_day"
                                    + " FROM leat.pipeline_records_readable")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("2024-01-01");
                assertThat(row.getString(2)).isNull();
                assertThat(row.getString(3)).isEqualTo(run.value());
                assertThat(row.getString(4)).isEqualTo("2024-01-01T00:00:00Z");
                assertThat(row.getString(5)).isEqualTo("2024-01-01");
            }
        }
    }
}
