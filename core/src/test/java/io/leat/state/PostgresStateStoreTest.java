package io.leat.state;

import io.leat.connection.PostgresConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;

/** The contracts of a state store, kept by PostgreSQL. */
class PostgresStateStoreTest {
    private @Nullable PostgresConnection connection;

    private StateStore at(Duration clockOffset) {
        if (connection == null) {
            connection = PostgresStores.made();
        }
        return PostgresState.open(connection, clockOffset);
    }

    @Nested
    class Claiming extends ClaimContract {
        @Override
        StateStore open(Duration clockOffset) {
            return at(clockOffset);
        }
    }

    @Nested
    class Phases extends PhaseContract {
        @Override
        StateStore open(Duration clockOffset) {
            return at(clockOffset);
        }
    }

    @Nested
    class Publishing extends PublishContract {
        @Override
        StateStore open(Duration clockOffset) {
            return at(clockOffset);
        }
    }

    @Nested
    class Indexing extends SourceIndexContract {
        @Override
        StateStore open(Duration clockOffset) {
            return at(clockOffset);
        }
    }

    @Nested
    class Reading extends ReadContract {
        @Override
        StateStore open(Duration clockOffset) {
            return at(clockOffset);
        }
    }

    @Nested
    class Racing extends RacesContract {
        private final PostgresConnection database = PostgresStores.empty();

        @Override
        StateStore open() {
            return PostgresState.open(database);
        }
    }

    @Nested
    class AmongProcesses extends ProcessesContract {
        private final PostgresConnection database = PostgresStores.empty();

        @Override
        String place() {
            return "postgresql:" + database.port() + "/" + database.database();
        }
    }

    @Nested
    class Dying extends CrashSweepContract {
        @Override
        StateStore openNew() {
            return PostgresState.open(PostgresStores.made());
        }
    }
}
