package io.leat.target.postgres;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.TableName;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.Fold;
import io.leat.schema.FoldSpec;
import io.leat.state.Record;
import io.leat.target.TargetSpec;
import io.leat.target.postgres.TableChanges.Form;
import io.leat.target.postgres.TableState.Owner;
import io.leat.target.postgres.TableState.Way;
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
    private final Optional<Fold> fold;
    private final FencedDatabase database;
    /** For which the table was found to need nothing. */
    private @Nullable Contract fitting;

    TablePreparation(TargetSpec spec, Owner owner, FencedDatabase database) {
        this.spec = spec;
        this.fold = spec.fold().map(FoldSpec::fold);
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
        return new Publishing.Place(spec.name(), loaded(), owner, spec.write(), contract, own(), made(), previous());
    }

    /** Where the rows go that loads bring: the table that readers see, or that of its changes. */
    TableName loaded() {
        return fold.isPresent() ? Fold.changesOf(spec.table()) : spec.table();
    }

    /** The columns that such rows have behind the user's. */
    List<Column> own() {
        return fold.isPresent() ? Fold.columns() : List.of();
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

    /** What the tables need: that of the rows, and that which is made of them or keeps those that are replaced. */
    private List<TableChanges> changes(DatabaseSession session, Contract contract) throws SQLException {
        List<TableChanges> needed = new ArrayList<>();
        Way way = fold.isPresent() ? Way.CHANGES : Way.LOADED;
        var catalog = new TableCatalog(session);
        TableState now = catalog.read(loaded());
        TableChanges changes = changes(needed, now, new Form(loaded(), contract, own(), way));
        if (fold.isPresent()) {
            Contract seen = fold.get().output(described(changes.columns(), contract));
            TableState visible = catalog.read(spec.table());
            TableChanges ofVisible = changes(needed, visible, new Form(spec.table(), seen, List.of(), Way.UNMADE));
            if (!now.exists() && visible.exists()) {
                needed.remove(ofVisible);
                needed.add(ofVisible.unmade());
            }
        }
        if (spec.keepPrevious()) {
            TableName table = spec.previous();
            changes(needed, catalog.read(table), new Form(table, changes.columns(), List.of(), Way.LOADED));
        }
        return needed;
    }

    private TableChanges changes(List<TableChanges> needed, TableState now, Form form) {
        TableChanges changes = TableChanges.of(form, now, spec.renamed(), owner);
        if (!changes.nothing(now)) {
            needed.add(changes);
        }
        return changes;
    }

    /** The columns of a table with what the contract says of them. */
    private static Contract described(Contract columns, Contract contract) {
        return new Contract(columns.columns().stream()
                .map(column -> contract.column(column.name()).orElse(column))
                .toList());
    }

    private Optional<Refolding.Made> made() {
        return fold.map(how -> database.read(session -> new Refolding.Made(
                spec.table(),
                how,
                loaded(),
                TableChanges.contract(new TableCatalog(session)
                        .registration(loaded())
                        .orElseThrow()
                        .columns()))));
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
            if (fold.isPresent()) {
                adopt(session, loaded(), done);
            }
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
        if (fold.isPresent() && now.registration().isEmpty()) {
            requireNoRows(table, now);
            return;
        }
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

    /** A table that others made has rows of which no changes are known: they would be gone with the first load. */
    private static void requireNoRows(TableName table, TableState now) {
        if (now.exists()) {
            throw new PipelineException(
                            ErrorCode.UNSUPPORTED_TABLE,
                            table
                                    + " was not made of changes, and its rows would be gone with the first that are loaded")
                    .withHint("load it into a table of another name");
        }
    }
}
