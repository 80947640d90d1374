package io.leat.lake;

import io.leat.lake.SchemaPlan.TableColumn;
import io.leat.name.Sql;
import io.leat.schema.Contract;
import io.leat.schema.Fold;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The rows of a folded table that become others with a commit, in temporary tables of one connection, which spill. First {@link
 * #refold} the keys that the commit touches; then {@link #files} are those of the visible table that cannot stay; then {@link
 * #arrange} what takes their place, and read it by {@link #parts}. Or else {@link #refoldAll}. Close it to drop the tables.
 */
final class FoldedRows implements AutoCloseable {

    /** A statement that writes holds the rows of so many files in memory. */
    private static final int FILES_AT_ONCE = 4;

    private static final String GROUP = "_leat_group";

    private final DuckDb duckDb;
    private final Fold fold;
    private final Contract contract;
    private final List<TableColumn> visible;
    private final String id = "_leat_" + UUID.randomUUID().toString().replace("-", "");
    private final Set<String> made = new HashSet<>();

    /**
     * @param contract the user's columns of the changes
     * @param visible all columns of the table that is made of them
     */
    FoldedRows(DuckDb duckDb, Fold fold, Contract contract, List<TableColumn> visible) {
        this.duckDb = duckDb;
        this.fold = fold;
        this.contract = contract;
        this.visible = List.copyOf(visible);
    }

    /** All rows, made of all changes, in order: nothing stays. */
    void refoldAll(String changes) {
        arrangeAll(fold.sql(contract, changes));
    }

    /** Puts rows in order as they are. */
    void arrangeAll(String rows) {
        make("arranged", "SELECT *, 0 AS " + GROUP + " FROM (" + rows + ") ORDER BY " + rowKey());
    }

    /**
     * The rows of some keys, and those of them that differ from what readers see now.
     *
     * @param touched queries of changes: their keys are looked at
     * @param changes a query of all changes, with those that come and without those that leave
     * @param seen a query of the rows that readers see now, with the path of their file as {@link Relation#FILE}
     * @return whether any row differs
     */
    boolean refold(List<String> touched, String changes, String seen) {
        String keys = keys();
        make("touched", "SELECT DISTINCT " + keys + " FROM (" + String.join(" UNION ALL ", selected(touched)) + ")");
        if (count("touched") == 0) {
            return false;
        }
        make(
                "folded",
                fold.sql(
                        contract,
                        "SELECT c.* FROM (" + changes + ") AS c SEMI JOIN " + name("touched") + " USING (" + keys
                                + ")"));
        make("seen", "SELECT s.* FROM (" + seen + ") AS s SEMI JOIN " + name("touched") + " USING (" + keys + ")");
        String columns = columns("");
        String now = "SELECT " + columns + " FROM " + name("folded");
        String before = "SELECT " + columns + " FROM " + name("seen");
        make(
                "changed",
                "SELECT DISTINCT " + keys + " FROM ((" + now + " EXCEPT ALL " + before + ") UNION ALL (" + before
                        + " EXCEPT ALL " + now + "))");
        return count("changed") > 0;
    }

    private List<String> selected(List<String> queries) {
        return queries.stream()
                .map(query -> "SELECT " + keys() + " FROM (" + query + ")")
                .toList();
    }

    /** The files of the visible table with a row of a key that changes. */
    Set<String> files() {
        return new HashSet<>(duckDb.query(
                "SELECT DISTINCT s." + Relation.FILE + " FROM " + name("seen") + " AS s SEMI JOIN " + name("changed")
                        + " USING (" + keys() + ")",
                row -> row.getString(1)));
    }

    /**
     * Puts the rows of the files that are to be in order: those of each replaced file by themselves, so that files keep the range of
     * keys that they have, then new ones with those of the joined files.
     *
     * @param replaced files that cannot stay
     * @param joined files that could
     * @param read a query of the rows of both, with {@link Relation#FILE}
     */
    void arrange(List<String> replaced, Collection<String> joined, String read) {
        List<String> places = new ArrayList<>();
        for (int i = 0; i < replaced.size(); i++) {
            places.add("(" + Sql.literal(replaced.get(i)) + ", " + i + ")");
        }
        joined.forEach(file -> places.add("(" + Sql.literal(file) + ", " + replaced.size() + ")"));
        String keys = keys();
        make(
                "places",
                places.isEmpty()
                        ? "SELECT CAST(NULL AS VARCHAR) AS file, 0 AS place WHERE FALSE"
                        : "SELECT * FROM (VALUES " + String.join(", ", places) + ") AS v(file, place)");
        String fresh = "SELECT " + columns("f.") + ", coalesce(h.place, " + replaced.size() + ") AS " + GROUP + " FROM "
                + name("folded") + " AS f SEMI JOIN " + name("changed") + " USING (" + keys + ") LEFT JOIN (SELECT "
                + keys + ", min(place) AS place FROM " + name("seen") + " AS s JOIN " + name("places") + " AS p ON s."
                + Relation.FILE + " = p.file GROUP BY ALL) AS h USING (" + keys + ")";
        String kept = "SELECT " + columns("k.") + ", p.place FROM (" + read + ") AS k JOIN " + name("places")
                + " AS p ON k." + Relation.FILE + " = p.file ANTI JOIN " + name("changed") + " USING (" + keys + ")";
        make("arranged", "SELECT * FROM (" + fresh + " UNION ALL " + kept + ") ORDER BY " + GROUP + ", " + rowKey());
    }

    /** Queries of the columns and {@link Stager#PART} for files of about so many rows. */
    List<String> parts(long rows) {
        record Run(long first, long count) {}
        List<Long> ends = new ArrayList<>();
        duckDb.query(
                        "SELECT min(rowid), count(*) FROM " + name("arranged") + " GROUP BY " + GROUP + " ORDER BY 1",
                        row -> new Run(row.getLong(1), row.getLong(2)))
                .forEach(run -> {
                    long files = Math.max(1, Math.round((double) run.count() / rows));
                    for (long i = 1; i <= files; i++) {
                        ends.add(run.first() + run.count() * i / files);
                    }
                });
        List<String> queries = new ArrayList<>();
        for (int from = 0; from < ends.size(); from += FILES_AT_ONCE) {
            List<Long> some = ends.subList(from, Math.min(ends.size(), from + FILES_AT_ONCE));
            String part = some.stream()
                    .map(end -> " WHEN rowid < " + end + " THEN " + end)
                    .collect(Collectors.joining("", "CASE", " END"));
            queries.add("SELECT " + columns("") + ", " + part + " AS " + Stager.PART + " FROM " + name("arranged")
                    + " WHERE rowid >= " + (from == 0 ? 0 : ends.get(from - 1)) + " AND rowid < " + some.getLast());
        }
        return queries;
    }

    private void make(String table, String query) {
        duckDb.execute("CREATE TEMP TABLE " + name(table) + " AS " + query);
        made.add(table);
    }

    private void drop(String table) {
        duckDb.execute("DROP TABLE " + name(table));
        made.remove(table);
    }

    private String name(String table) {
        return id + "_" + table;
    }

    private long count(String table) {
        return duckDb.one("SELECT count(*) FROM " + name(table), row -> row.getLong(1))
                .orElseThrow();
    }

    private String keys() {
        return Sql.identifiers(fold.key());
    }

    private String rowKey() {
        return Sql.identifiers(fold.rowKey());
    }

    private String columns(String of) {
        return visible.stream()
                .map(column -> of + Sql.identifier(column.name()))
                .collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        List.copyOf(made).forEach(this::drop);
    }
}
