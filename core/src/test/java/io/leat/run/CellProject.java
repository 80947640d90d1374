package io.leat.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.Leat;
import io.leat.lake.WriteMode;
import io.leat.name.TableName;
import io.leat.schema.NaiveFold;
import io.leat.schema.NaiveFold.Change;
import io.leat.state.Load;
import io.leat.state.RecordQuery;
import io.leat.state.Status;
import io.leat.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A project with one pipeline of four windows, loaded two at a time, whose state and rows are where a cell says: rows that are
 * refused, a row of no window, a window without rows, a deletion. {@link #change} brings a late file and corrects an older window.
 */
record CellProject(Cell cell, TestProject project, Optional<TestDatabase> database) {

    private static final String TABLE = "shop.visits";
    private static final String CHANGES = TABLE + "__changes";
    private static final String CONTENT = "CAST(id AS VARCHAR) || '|' || CAST(extract(epoch FROM moment) AS BIGINT)"
            + " || '|' || concat_ws('~', name, op, amount)";

    static CellProject in(Path root, Cell cell) {
        Optional<TestDatabase> database = cell.usesServer() ? Optional.of(TestDatabase.create()) : Optional.empty();
        String connections = database.map(made -> "connections: { server: " + made.entry() + " }\n")
                .orElse("");
        String state = cell.store() == Cell.Store.POSTGRES ? "state: { connection: server }\n" : "";
        String connection = cell.into() == Cell.Into.POSTGRES ? "connection: server, " : "";
        String fold = cell.folds() ? ", key: id, order: moment, delete_when: \"op = 'D'\"" : "";
        String write = cell.write().name().toLowerCase(Locale.ROOT);
        var project = TestProject.in(root)
                .file("leat.yaml", "project: test\ndefaults: { memory: 256MB, threads: 1 }\n" + state + connections)
                .file("pipelines/visits.yaml", """
                        pipeline: visits
                        source: { files: data/visits-*.csv }
                        window: { column: moment, every: 12h, timezone: Europe/Berlin, start: 2024-03-30, end: 2024-04-01 }
                        columns:
                          id: { type: integer }
                          name: { type: string }
                          op: { type: string }
                          amount: { type: integer, min: 0 }
                          moment: { type: local_timestamp, required: true }
                        concurrency: { together: 2 }
                        target: { %stable: %s, write: %s%s }
                        """.formatted(connection, TABLE, write, fold))
                .file("data/visits-1.csv", """
                        id,name,op,amount,moment
                        1,Ada,I,10,2024-03-30 08:00:00
                        2,Bob,I,20,2024-03-30 11:59:59
                        3,Cem,I,-1,2024-03-30 09:00:00
                        4,Dee,I,40,2024-03-30 12:00:00
                        1,Ada L.,U,11,2024-03-30 18:00:00
                        5,Eve,I,many,2024-03-31 18:00:00
                        """)
                .file("data/visits-2.csv", """
                        id,name,op,amount,moment
                        2,Bob,D,20,2024-03-31 14:00:00
                        6,Fay,I,60,2024-03-31 15:00:00
                        7,Gus,I,70,yesterday
                        """);
        return new CellProject(cell, project, database);
    }

    /** A late file, which fills the empty window too; an older window is corrected; rejects go and come. */
    void change() {
        project.file("data/visits-1.csv", """
                        id,name,op,amount,moment
                        1,Ada,I,10,2024-03-30 08:00:00
                        2,Bob,I,20,2024-03-30 11:59:59
                        3,Cem,I,30,2024-03-30 09:00:00
                        4,Dee,I,44,2024-03-30 12:00:00
                        5,Eve,I,lots,2024-03-31 18:00:00
                        """).file("data/visits-3.csv", """
                        id,name,op,amount,moment
                        8,Hal,I,80,2024-03-30 10:00:00
                        2,Bobby,U,21,2024-03-31 02:30:00
                        9,Ida,I,-9,2024-03-31 03:30:00
                        10,Jon,I,1,tomorrow
                        """);
    }

    /** Folder and database as they are now. */
    record Saved(SavedFolder folder, CellProject project, Optional<TestDatabase> copy) {
        void restore() {
            folder.restore();
            project.database.ifPresent(database -> database.become(copy.orElseThrow()));
        }
    }

    Saved save(Path copy) {
        return new Saved(SavedFolder.of(project.root(), copy), this, database.map(TestDatabase::copy));
    }

    void forget() {
        database.ifPresent(TestDatabase::drop);
    }

    /** What readers see, and what state says of it: equal for all ways to the same end. */
    Evidence evidence(Leat leat) {
        Evidence evidence = Evidence.of(leat);
        Map<String, List<String>> tables = new TreeMap<>();
        String sql = "SELECT CAST(t AS text) FROM %s AS t ORDER BY 1";
        tables.put("target", rows(leat, TABLE, sql));
        if (cell.folds()) {
            tables.put("changes", rows(leat, CHANGES, sql));
        }
        if (cell.into() == Cell.Into.POSTGRES) {
            tables.put(
                    "ledger",
                    database.orElseThrow()
                            .rows("SELECT pipeline, slice, generation, target, \"rows\", rejected, sums"
                                    + " FROM leat_target.loads WHERE replaced_by IS NULL ORDER BY slice"));
        }
        return new Evidence(tables, evidence.rejects(), evidence.ledger(), evidence.records());
    }

    /** The rows that readers see of each window, and its rejects. */
    Map<String, List<String>> windows(Leat leat) {
        Map<String, List<String>> windows = new HashMap<>();
        if (isThere(leat, loaded())) {
            String sql = "SELECT CAST(extract(epoch FROM _leat_window) AS BIGINT), " + CONTENT
                    + " FROM %s AS t ORDER BY 1, 2";
            for (String row : rows(leat, loaded(), sql)) {
                String[] parts = row.split("\\|", 2);
                windows.computeIfAbsent(parts[0], _ -> new ArrayList<>()).add(parts[1]);
            }
        }
        for (String row : TestProject.query(leat, "SELECT slice, record, code, raw FROM leat.rejects ORDER BY ALL")) {
            String[] parts = row.split("\\|", 2);
            windows.computeIfAbsent("rejects of " + parts[0], _ -> new ArrayList<>())
                    .add(parts[1]);
        }
        return windows;
    }

    private String loaded() {
        return cell.folds() ? CHANGES : TABLE;
    }

    private boolean isThere(Leat leat, String table) {
        return cell.into() == Cell.Into.POSTGRES
                ? !database.orElseThrow()
                        .value("SELECT coalesce(CAST(to_regclass('" + table + "') AS text), '')")
                        .isEmpty()
                : leat.lake()
                        .find(leat.project().environment(), TableName.parse(table))
                        .isPresent();
    }

    /** The rows of a query of a table with its provenance, which has the table as {@code %s}. */
    private List<String> rows(Leat leat, String table, String sql) {
        if (cell.into() == Cell.Into.POSTGRES) {
            return database.orElseThrow().rows(sql.formatted(table));
        }
        var view = leat.lake().table(leat.project().environment(), TableName.parse(table));
        List<String> rows = new ArrayList<>();
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var result = statement.executeQuery(
                        sql.formatted("(" + view.withProvenance().sql() + ")"))) {
            while (result.next()) {
                rows.add(TestProject.text(result));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What holds at every instant, whoever has died: a table that is made of changes is made of all that are there, of no others. */
    void requireMade(Leat leat, String context) {
        if (!cell.folds() || !isThere(leat, CHANGES)) {
            return;
        }
        List<Change> changes = rows(leat, CHANGES, """
                SELECT CAST(id AS VARCHAR), CAST(extract(epoch FROM moment) AS BIGINT), CAST(_leat_deleted AS VARCHAR),
                  concat_ws('~', name, op, amount), CAST(extract(epoch FROM _leat_window) AS BIGINT), _leat_pipeline,
                  _leat_file, _leat_record FROM %s AS t""").stream()
                .map(row -> row.split("\\|"))
                .map(row -> new Change(
                        row[0],
                        Long.valueOf(row[1]),
                        Boolean.parseBoolean(row[2]),
                        row[3],
                        Long.valueOf(row[4]),
                        row[5],
                        row[6],
                        Long.parseLong(row[7])))
                .toList();
        boolean isHistory = cell.write() == WriteMode.HISTORY;
        String versions = isHistory
                ? " || '|' || CAST(extract(epoch FROM valid_from) AS BIGINT) || '|'"
                        + " || coalesce(CAST(CAST(extract(epoch FROM valid_to) AS BIGINT) AS VARCHAR), 'null') || '|' ||"
                        + " CAST(is_current AS VARCHAR)"
                : "";
        assertThat(rows(leat, TABLE, "SELECT " + CONTENT + versions + " FROM %s AS t"))
                .as("%s: the table beside its changes", context)
                .containsExactlyInAnyOrderElementsOf(
                        isHistory ? NaiveFold.versions(changes) : NaiveFold.merged(changes));
    }

    /** {@link Soundness}, and the target's own ledger and fences beside the state's. */
    void requireSound(Leat leat, String context) {
        Soundness.require(leat, context);
        requireMade(leat, context);
        if (cell.into() != Cell.Into.POSTGRES) {
            return;
        }
        TestDatabase server = database.orElseThrow();
        List<Load> loads = leat.state()
                .loads(
                        leat.project().environment(),
                        leat.project().dag().nodes().getFirst().name());
        assertThat(server.rows("SELECT load_id, slice, \"rows\", rejected FROM leat_target.loads"
                        + " WHERE replaced_by IS NULL"))
                .as("%s: the target's ledger beside the state's", context)
                .containsExactlyInAnyOrderElementsOf(loads.stream()
                        .map(load -> "%s|%s|%d|%d"
                                .formatted(load.loadId().value(), load.slice().text(), load.rows(), load.rejected()))
                        .toList());
        String counted = cell.write() == WriteMode.APPEND ? "true" : "replaced_by IS NULL";
        assertThat(server.value("SELECT count(*) FROM " + loaded()))
                .as("%s: rows beside the target's ledger", context)
                .isEqualTo(server.value("SELECT sum(\"rows\") FROM leat_target.loads WHERE " + counted));
        assertThat(server.rows("SELECT l.slice FROM leat_target.loads AS l JOIN leat_target.fences AS f"
                        + " USING (store_id, environment, pipeline, slice) WHERE l.token > f.token"))
                .as("%s: loads above their fence", context)
                .isEmpty();
    }

    /** No slice is held by anybody after one sweep. */
    void requireFree(Leat leat, String context) {
        try (var state = Leat.openState(leat.project())) {
            state.sweep(leat.project().environment());
        }
        assertThat(leat.state()
                        .records(RecordQuery.of(leat.project().environment()).statuses(Status.IN_PROGRESS)))
                .as("%s: locks of the dead", context)
                .isEmpty();
    }
}
