package io.leat.state;

import io.leat.connection.PostgresConnection;
import io.leat.testing.PostgresServer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;

/** The contracts of a state store, kept by PostgreSQL. */
class PostgresStateStoreTest {
    private @Nullable PostgresConnection made;

    private StateStore at(Duration clockOffset) {
        return PostgresState.open(place(), clockOffset);
    }

    private PostgresConnection place() {
        var known = made == null ? PostgresStores.made() : made;
        made = known;
        return known;
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
            return at(Duration.ZERO);
        }
    }

    @Nested
    class Keeping extends KeepingContract {
        @Override
        StateStore open(Duration clockOffset) {
            return at(clockOffset);
        }

        @Override
        StateKeeper keeper() {
            return PostgresState.keeper(place(), Duration.ZERO);
        }

        @Override
        Other other() {
            return Other.inSqlite(files.resolve("other.db"));
        }

        @Override
        void run(String sql) {
            PostgresServer.shared().run(place().database(), "SET search_path TO leat; " + sql);
        }
    }

    @Nested
    class Purging extends PurgeContract {
        @Override
        StateStore open(Duration clockOffset) {
            return at(clockOffset);
        }

        @Override
        StateKeeper keeper() {
            return PostgresState.keeper(place(), Duration.ZERO);
        }
    }
}
