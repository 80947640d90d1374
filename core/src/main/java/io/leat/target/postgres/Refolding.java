package io.leat.target.postgres;

import io.leat.name.Sha256;
import io.leat.name.Sql;
import io.leat.name.TableName;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.Fold;
import io.leat.schema.LeatType;
import io.leat.schema.Provenance;
import io.leat.target.postgres.TableState.Registration;
import io.leat.target.postgres.TableState.Way;
import io.leat.time.Slice;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table that is made of changes, in the transaction that changes these: the rows of all keys that are {@link #touch}ed are made anew
 * by {@link #make}. Transactions that change other slices may have touched the same keys: they make their rows one after the other,
 * each with all changes that are committed, so that the last one has seen them all.
 */
final class Refolding {
    private static final String TOUCHED = "pg_temp.leat_touched";

    private final DatabaseSession session;
    private final Made made;
    private final Patience patience;
    private final List<String> keys;

    /**
     * What is made of what.
     *
     * @param changes the table of changes
     * @param contract the user's columns of the changes
     */
    record Made(TableName table, Fold fold, TableName changes, Contract contract) {}

    Refolding(DatabaseSession session, Made made, Patience patience) throws SQLException {
        this.session = session;
        this.made = made;
        this.patience = patience;
        this.keys = actual(made.fold().key());
        session.run("CREATE TEMPORARY TABLE leat_touched ON COMMIT DROP AS SELECT " + Sql.identifiers(keys) + " FROM "
                + Sql.identifier(made.changes()) + " WITH NO DATA");
    }

    private List<String> actual(List<String> names) {
        Contract seen = made.fold().output(made.contract());
        return names.stream()
                .map(name -> seen.column(name).orElseThrow().name())
                .toList();
    }

    /** The keys of what slices have among the changes now: before those leave, and when others have come. */
    void touch(TableRows changes, Collection<Slice> slices) throws SQLException {
        changes.copyTo(TOUCHED, keys, slices);
    }

    /** Makes the rows of the touched keys, or all if they never were made in this way. */
    void make() throws SQLException {
        var catalog = new TableCatalog(session);
        session.waitForLocks(patience.lasting());
        catalog.lockForFold(made.table());
        session.waitForLocks(patience.lock());
        Registration now = catalog.registration(made.table()).orElseThrow();
        Way way = Way.madeBy(made.fold());
        if (now.way().equals(way)) {
            makeTouched();
        } else {
            makeAll();
            catalog.register(made.table(), new Registration(now.owner(), now.columns(), way));
        }
    }

    private void makeTouched() throws SQLException {
        String list = Sql.identifiers(keys);
        session.run("ANALYZE " + TOUCHED);
        session.change("DELETE FROM " + Sql.identifier(made.table()) + " AS t USING (SELECT DISTINCT " + list + " FROM "
                + TOUCHED + ") AS k WHERE "
                + keys.stream()
                        .map(Sql::identifier)
                        .map(key -> "t." + key + " = k." + key)
                        .collect(Collectors.joining(" AND ")));
        insert(" WHERE (" + list + ") IN (SELECT " + list + " FROM " + TOUCHED + ")");
    }

    private void makeAll() throws SQLException {
        String changes = Sql.identifier(made.changes());
        String table = Sql.identifier(made.table());
        session.run("DELETE FROM " + table);
        session.run("DROP INDEX IF EXISTS " + index(made.changes()));
        session.run("DROP INDEX IF EXISTS " + index(made.table()));
        session.run(
                "CREATE INDEX " + indexName(made.changes()) + " ON " + changes + " (" + Sql.identifiers(keys) + ")");
        insert("");
        session.run("CREATE UNIQUE INDEX " + indexName(made.table()) + " ON " + table + " ("
                + Sql.identifiers(actual(made.fold().rowKey())) + ")");
    }

    private static String index(TableName table) {
        return Sql.identifier(table.schema()) + "." + indexName(table);
    }

    /** Of the keys of a table; a name that is made of the table's own might be too long. */
    private static String indexName(TableName table) {
        return "leat_" + Sha256.of(table.toString()).substring(0, 16);
    }

    private void insert(String condition) throws SQLException {
        Contract seen = made.fold().output(made.contract());
        List<String> into = new ArrayList<>();
        List<String> from = new ArrayList<>();
        for (Column column : seen.columns()) {
            String name = Sql.identifier(column.name());
            into.add(name);
            from.add(isJson(column.type()) ? "CAST(" + name + " AS json)" : name);
        }
        for (Column column : Provenance.columns()) {
            into.add(column.name());
            from.add(column.name());
        }
        session.change("INSERT INTO " + Sql.identifier(made.table()) + " (" + String.join(", ", into) + ") SELECT "
                + String.join(", ", from) + " FROM (" + made.fold().sql(made.contract(), changes(condition))
                + ") AS made");
    }

    /** Values of the type json cannot be compared, which a history has to do; their texts can. */
    private String changes(String condition) {
        List<String> columns = new ArrayList<>();
        for (Column column : made.contract().columns()) {
            String name = Sql.identifier(column.name());
            columns.add(isJson(column.type()) ? "CAST(" + name + " AS text) AS " + name : name);
        }
        Fold.columns().forEach(column -> columns.add(column.name()));
        Provenance.columns().forEach(column -> columns.add(column.name()));
        return "SELECT " + String.join(", ", columns) + " FROM " + Sql.identifier(made.changes()) + condition;
    }

    private static boolean isJson(LeatType type) {
        return ColumnTypes.of(type).equals("json");
    }
}
