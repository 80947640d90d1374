package io.leat.state;

import static io.leat.state.PostgresStores.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.leat.connection.PostgresConnection;
import io.leat.name.ErrorCode;
import io.leat.testing.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A schema becomes a store, by one process at a time, or is refused. */
class PostgresMigrationsTest {
    private final PostgresServer server = PostgresServer.shared();
    private final PostgresConnection place = PostgresStores.empty();

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
    void makesTheSchemaOfAStore() {
        try (var store = open()) {
            assertThat(store.storeId()).hasSize(32);
        }
    }

    @Test
    void keepsStoresInSchemasOfTheirOwn() {
        var second = PostgresStores.connection(
                server.port(), place.database(), PostgresServer.USER, PostgresServer.PASSWORD, "second");
        try (var one = open();
                var other = PostgresState.open(second)) {
            start(one);

            assertThat(other.runs(StateStoreContract.DEV, 10, 0)).isEmpty();
            assertThat(other.storeId()).isNotEqualTo(one.storeId());
        }
    }

    @Test
    void refusesASchemaThatIsNotLeats() {
        run("CREATE SCHEMA leat");
        run("CREATE TABLE leat.customers (id INTEGER)");

        assertFails(ErrorCode.STATE_CORRUPT, "not Leat's", this::open);
    }

    @Test
    void refusesAUserWhoMayNotMakeTheSchema() {
        String guest = "guest_of_" + place.database();
        run("CREATE ROLE " + guest + " LOGIN PASSWORD 'guest'");

        assertFails(ErrorCode.PERMISSION, "lacks a right", () -> PostgresState.open(as(guest, "guest")));
    }

    @Test
    void waitsForWhoeverMigratesButNotForever() throws SQLException {
        try (var migrating = server.connect(place.database())) {
            migrating.createStatement().execute("SELECT pg_advisory_lock(hashtextextended('leat/leat/migrations', 0))");

            assertFails(
                    ErrorCode.STATE_BUSY, "migrating the state store for too long", () -> open(Duration.ofMillis(300)));
        }
        open().close();
    }

    @Test
    void goesOnWhereAMigrationWasKilled() throws Exception {
        run("CREATE SCHEMA leat");
        try (var blocker = server.connect(place.database())) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("CREATE TABLE leat.audit_log (id INTEGER)");
            try (var migrating =
                    StateProcess.start(List.of(), "open", "postgresql:" + server.port() + "/" + place.database())) {
                awaitLockWaiter();
                migrating.kill();
            }
            blocker.rollback();
        }

        try (var store = open()) {
            start(store);
        }
    }

    private void awaitLockWaiter() throws SQLException {
        try (var watch = server.connect(place.database());
                var query = watch.prepareStatement("SELECT 1 FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event_type = 'Lock'")) {
            while (true) {
                try (var row = query.executeQuery()) {
                    if (row.next()) {
                        return;
                    }
                }
                Thread.onSpinWait();
            }
        }
    }
}
