package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.PipelineException;
import io.leat.state.Purge.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks after a state store: what an operator does now and then. It opens even a store that has moved. What changes something is
 * written down in the audit log of the environment that is named.
 */
public final class StateKeeper implements AutoCloseable {
    private final Database database;
    private final Keeping keeping;
    private final String place;
    private final int versionBefore;

    /** @param versionBefore of the tables, before the store was opened */
    StateKeeper(Database database, Keeping keeping, String place, int versionBefore) {
        this.database = database;
        this.keeping = keeping;
        this.place = place;
        this.versionBefore = versionBefore;
    }

    /** The store's clock. */
    public Instant now() {
        return database.read(Session::now);
    }

    public StoreDescription describe() {
        return database.read(session -> {
            var identity = new StoreTable(session).identity();
            Map<String, Long> rows = new LinkedHashMap<>();
            StateExport.counts(session).forEach((table, count) -> rows.put(table.table(), count));
            return new StoreDescription(
                    keeping.kind(session),
                    place,
                    StoreVersion.version(session),
                    versionBefore,
                    identity.id(),
                    identity.created(),
                    identity.movedAt(),
                    rows,
                    keeping.bytes(session));
        });
    }

    /** Writes down that opening the store for this has made it, or has brought it to the program's version. */
    public void noteMigration(EnvironmentName environment) {
        database.write(
                Effect.RUN,
                session -> note(
                        session,
                        environment,
                        "state migrate",
                        "version " + versionBefore,
                        "version " + StoreVersion.VERSION));
    }

    /**
     * Moves the store into a file, from which {@link #importFrom} makes the same store in another place. The store refuses all
     * other use from then on (E208): what was written is in the file, what is written later is written elsewhere. A store that has
     * moved can be exported again.
     *
     * @return the number of rows
     * @throws PipelineException E503 if there is such a file, E402 or E403 if it cannot be written; then the store stays in use
     */
    public long export(Path file, EnvironmentName environment) {
        try (var target = ExportFile.at(file)) {
            boolean wasHere = move(target, environment);
            try {
                long rows = database.scan(session -> new StateExport(session, keeping, target.begin()).write());
                target.finish();
                return rows;
            } catch (RuntimeException failure) {
                if (wasHere && !target.isThere()) {
                    stay(failure);
                }
                throw failure instanceof UncheckedIOException unwritten ? target.unwritable(unwritten) : failure;
            }
        }
    }

    /** Gives whether the store was in use until now. */
    private boolean move(ExportFile target, EnvironmentName environment) {
        return database.write(Effect.MOVE, session -> {
            keeping.excludeWriters(session);
            var store = new StoreTable(session);
            boolean isHere = store.identity().movedAt() == null;
            store.move(target.toString(), session.now());
            note(session, environment, "state export", null, target.toString());
            return isHere;
        });
    }

    private void stay(RuntimeException reason) {
        try {
            database.write(Effect.MOVE, session -> {
                new StoreTable(session).stay();
                return place;
            });
        } catch (PipelineException failure) {
            reason.addSuppressed(failure);
        }
    }

    /**
     * Makes this empty store the one that was exported: with its identity, its rows, and tokens that go on after its last one. All
     * of it or nothing. An open {@link StateStore} on it must be opened anew.
     *
     * @return the number of rows
     * @throws PipelineException E503 if the store is not empty or the file is of an older version, E202 if it is of a newer one,
     *     E203 if it is not whole, E109 if it cannot be read
     */
    public long importFrom(Path file, EnvironmentName environment) {
        return database.write(Effect.IMPORT, session -> {
            try (var lines = ExportFile.read(file)) {
                long rows = new StateImport(session, keeping, file, lines).read();
                note(session, environment, "state import", null, file.toString());
                return rows;
            } catch (IOException | UncheckedIOException failure) {
                throw ExportFile.unreadable(file, failure);
            }
        });
    }

    /**
     * Deletes what ended before an instant and is not needed any more, in many short transactions while others go on: generations of
     * slices that are neither the newest nor published, with their events and checks; replaced loads; runs that no record
     * names; entries of the audit log. Records that are live, newest or published stay, whatever their age.
     *
     * @param atMost rows of a kind in one transaction
     */
    public Purged purge(EnvironmentName environment, Instant before, int atMost) {
        Purged all = Purged.NOTHING;
        for (Kind kind : Kind.values()) {
            Object last = null;
            do {
                var step = step(environment, before, kind, last, atMost);
                all = all.plus(step.purged());
                last = step.last();
            } while (last != null);
        }
        if (!all.isNothing()) {
            String deleted = all.toString();
            database.write(
                    Effect.RUN, session -> note(session, environment, "state purge", before.toString(), deleted));
        }
        return all;
    }

    private Purge.Step step(EnvironmentName environment, Instant before, Kind kind, @Nullable Object last, int atMost) {
        return database.write(
                Effect.PURGE, session -> new Purge(session, environment, before).step(kind, last, atMost));
    }

    /** What {@link #purge} would delete now. */
    public Purged purgeable(EnvironmentName environment, Instant before) {
        return database.read(session -> new Purge(session, environment, before).count());
    }

    private AuditEntry note(
            Session session,
            EnvironmentName environment,
            String action,
            @Nullable String before,
            @Nullable String after)
            throws SQLException {
        return new AuditTable(session).note(environment, null, action, place, before, after);
    }

    @Override
    public void close() {
        database.close();
    }
}
