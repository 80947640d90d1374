package io.leat.state;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contracts of a state store, kept by SQLite. */
class SqliteStateStoreTest {
    @TempDir
    Path folder;

    private StateStore at(Duration clockOffset) {
        return SqliteState.open(folder.resolve("state.db"), clockOffset);
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
        @Override
        StateStore open() {
            return at(Duration.ZERO);
        }
    }

    @Nested
    class AmongProcesses extends ProcessesContract {
        @Override
        String place() {
            return folder.resolve("state.db").toString();
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
            return SqliteState.keeper(folder.resolve("state.db"), Duration.ZERO);
        }

        @Override
        Other other() {
            return Other.inPostgres(PostgresStores.made());
        }

        @Override
        void run(String sql) {
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state.db"));
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
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
            return SqliteState.keeper(folder.resolve("state.db"), Duration.ZERO);
        }
    }
}
