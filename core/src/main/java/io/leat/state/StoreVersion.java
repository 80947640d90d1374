package io.leat.state;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares the version of a store's tables with the program's. */
final class StoreVersion {
    /** The version of the newest file in each folder of migrations. */
    static final int VERSION = 3;

    /** The table in which Flyway keeps what it has done. */
    static final String HISTORY = "leat_migrations";

    private StoreVersion() {}

    /**
     * The version of the tables before anything is done to them; 0 if there are none. Cheap: it starts no Flyway.
     *
     * @param tables the names of all tables that are there
     * @throws PipelineException if the program is too old for it, or it is not Leat's
     */
    static int found(Session session, List<String> tables) throws SQLException {
        if (!tables.contains(HISTORY)) {
            if (tables.isEmpty()) {
                return 0;
            }
            throw new PipelineException(
                            ErrorCode.STATE_CORRUPT, "the place of the state store holds tables that are not Leat's")
                    .withHint("Set `state:` in leat.yaml to a file or schema of its own.");
        }
        int version = version(session);
        if (version > VERSION) {
            throw new PipelineException(
                            ErrorCode.STATE_NEWER,
                            "the state store has version " + version + ", this program knows " + VERSION)
                    .withHint("Use the newer program that wrote it.");
        }
        return version;
    }

    /** The version of the tables; 0 if the first migration is yet to come. */
    static int version(Session session) throws SQLException {
        return session
                .list("SELECT version, success FROM " + HISTORY, row -> new Step(row.textOrNull(), row.truth()))
                .stream()
                .filter(Step::done)
                .mapToInt(Step::number)
                .max()
                .orElse(0);
    }

    private record Step(@Nullable String version, boolean done) {
        int number() {
            return version == null ? 0 : Integer.parseInt(version);
        }
    }
}
