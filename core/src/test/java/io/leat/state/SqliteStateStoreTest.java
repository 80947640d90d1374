package io.leat.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        private int stores;

        @Override
        StateStore openNew() throws IOException {
            Path empty = folder.resolve("empty.db");
            if (!Files.exists(empty)) {
                SqliteState.open(empty).close();
            }
            return SqliteState.open(Files.copy(empty, folder.resolve(++stores + ".db")));
        }
    }
}
