package io.leat.target.postgres;

import io.leat.name.TableName;
import io.leat.schema.Contract;
import io.leat.state.Record;
import io.leat.target.TargetSpec;
import io.leat.target.postgres.TableState.Owner;
import io.leat.target.postgres.TargetDatabase.Effect;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the table of a target, and brings it to the columns of a contract, in a transaction before the one that publishes: a new column
 * does no harm to anybody, and readers would wait for its lock as long as rows are copied.
 */
final class TablePreparation {
    private final TargetSpec spec;
    private final Owner owner;
    private final FencedDatabase database;
    /** For which the table was found to need nothing. */
    private @Nullable Contract fitting;

    TablePreparation(TargetSpec spec, Owner owner, FencedDatabase database) {
        this.spec = spec;
        this.owner = owner;
        this.database = database;
    }

    /** Whether the table can become what the contract wants; see {@link TableChanges#of}. Changes nothing. */
    void requireFit(Contract contract) {
        if (!contract.equals(fitting)
                && database.read(session -> changes(session, contract)).isEmpty()) {
            fitting = contract;
        }
    }

    /**
     * Makes the table what the contract wants, unless all of the records are lost.
     *
     * @return where the rows can go then
     */
    Publishing.Place prepare(Contract contract, Collection<Record> records) {
        requireFit(contract);
        if (!contract.equals(fitting)) {
            database.fenced(Effect.TABLE, records, (session, lost) -> {
                if (lost.size() < records.size()) {
                    change(session, contract);
                }
                return true;
            });
            fitting = contract;
        }
        return new Publishing.Place(spec.name(), spec.table(), owner, spec.write(), contract, previous());
    }

    private void change(DatabaseSession session, Contract contract) throws SQLException {
        session.lasting();
        var catalog = new TableCatalog(session);
        catalog.lockForChange(spec.table());
        for (TableChanges changes : changes(session, contract)) {
            for (String statement : changes.statements()) {
                session.run(statement);
            }
            catalog.register(changes.table(), changes.registration());
        }
    }

    /** What the table needs, and the one of replaced rows. */
    private List<TableChanges> changes(DatabaseSession session, Contract contract) throws SQLException {
        var catalog = new TableCatalog(session);
        List<TableChanges> needed = new ArrayList<>();
        TableState now = catalog.read(spec.table());
        TableChanges changes = TableChanges.of(spec.table(), now, contract, spec.renamed(), owner);
        if (!changes.nothing(now)) {
            needed.add(changes);
        }
        if (spec.keepPrevious()) {
            TableName table = spec.previous();
            TableState kept = catalog.read(table);
            TableChanges ofKept = TableChanges.of(table, kept, changes.columns(), spec.renamed(), owner);
            if (!ofKept.nothing(kept)) {
                needed.add(ofKept);
            }
        }
        return needed;
    }

    private Optional<Publishing.Previous> previous() {
        if (!spec.keepPrevious()) {
            return Optional.empty();
        }
        return database.read(session -> new TableCatalog(session)
                .read(spec.table())
                .registration()
                .map(known -> new Publishing.Previous(spec.previous(), TableChanges.contract(known.columns()))));
    }

    /** Takes the table over as it is, with the one of replaced rows. What was done, in words; empty if nothing had to be. */
    Optional<String> adopt() {
        fitting = null;
        return database.write(Effect.ADOPT, session -> {
            LedgerSchema.require(session);
            List<String> done = new ArrayList<>();
            adopt(session, spec.table(), done);
            if (spec.keepPrevious()
                    && new TableCatalog(session).read(spec.previous()).exists()) {
                adopt(session, spec.previous(), done);
            }
            return done.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", done));
        });
    }

    private void adopt(DatabaseSession session, TableName table, List<String> done) throws SQLException {
        session.lasting();
        var catalog = new TableCatalog(session);
        catalog.lockForChange(table);
        TableState now = catalog.read(table);
        var before = now.registration().map(TableState.Registration::owner);
        if (before.filter(owner::equals).isPresent() && now.hasProvenance()) {
            return;
        }
        TableChanges changes = TableChanges.adoption(table, now, owner);
        for (String statement : changes.statements()) {
            session.run(statement);
        }
        catalog.register(table, changes.registration());
        done.add(table
                + before.map(from -> ": taken over from the state store " + from.storeId() + ", environment "
                                + from.environment())
                        .orElse(": its rows stay as they are, and are nobody's"));
    }

    /** Whether something was changed by others is looked at anew. */
    void doubt() {
        fitting = null;
    }
}
