package io.leat.state;

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
}
