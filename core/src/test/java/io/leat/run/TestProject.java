package io.leat.run;

import io.leat.Leat;
import io.leat.lake.TableView;
import io.leat.name.EnvironmentName;
import io.leat.name.PipelineName;
import io.leat.name.TableName;
import io.leat.project.Place;
import io.leat.state.Load;
import io.leat.state.PointerSwap;
import io.leat.state.Publication;
import io.leat.state.Record;
import io.leat.state.SqliteState;
import io.leat.time.Slice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A project in a folder, written, run and asked by a test. Every call opens it anew, as a command does. */
record TestProject(Path root) {

    static final String ENVIRONMENT = "test";

    /** A new project with these settings and no pipelines. */
    static TestProject in(Path root) {
        return new TestProject(root).file("leat.yaml", "project: test\ndefaults: { memory: 256MB, threads: 2 }\n");
    }

    /** Writes a file, replacing what was there. */
    TestProject file(String path, String text) {
        Path file = root.resolve(path);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    String text(String path) {
        try {
            return Files.readString(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets the clock of the state store ahead, for all projects of this process. */
    void later(Duration ahead) {
        System.setProperty(Leat.CLOCK_OFFSET, ahead.toString());
    }

    TestProject without(String path) {
        try {
            Files.delete(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Place place() {
        return new Place(root, ENVIRONMENT, Map.of(), Map.of());
    }

    <T> T ask(Function<Leat, T> question) {
        try (Leat leat = Leat.open(place())) {
            return question.apply(leat);
        }
    }

    RunReport run() {
        return run(RunRequest.EVERYTHING);
    }

    RunReport run(RunRequest request) {
        return ask(leat -> leat.run(request, RunListener.SILENT));
    }

    /** The rows of a query, each as its values joined by {@code |}, in the query's order. */
    List<String> query(String sql) {
        return ask(leat -> query(leat, sql));
    }

    static List<String> query(Leat leat, String sql) {
        List<String> rows = new ArrayList<>();
        try (var console = leat.query(sql)) {
            console.rows(row -> rows.add(text(row)));
        }
        return rows;
    }

    static String text(ResultSet row) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            values.add(String.valueOf(row.getString(i)));
        }
        return String.join("|", values);
    }

    /** Takes what a run of this very process left claimed away from it, as if its lease had ended. */
    void letLeasesRunOut() {
        try (var state = SqliteState.open(root.resolve(".leat/state.db"), Duration.ofHours(1))) {
            state.sweep(new EnvironmentName(ENVIRONMENT));
        }
    }

    /** Sets a table back to an older version behind Leat's back. */
    void rollBack(String table, String version) {
        String now = version(table);
        try (var state = SqliteState.open(root.resolve(".leat/state.db"))) {
            state.publish(Publication.ofPointers(
                    new EnvironmentName(ENVIRONMENT), List.of(new PointerSwap(TableName.parse(table), now, version))));
        }
    }

    /** The newest record of the slice that is the whole source. */
    Record record(String pipeline) {
        return generations(pipeline).getLast();
    }

    List<Record> generations(String pipeline) {
        return ask(leat ->
                leat.state().generations(leat.project().environment(), new PipelineName(pipeline), new Slice.All()));
    }

    List<Load> loads(String pipeline) {
        return ask(leat -> leat.state().loads(leat.project().environment(), new PipelineName(pipeline)));
    }

    /** What readers see of a table, user and provenance columns: its files and its metadata. */
    TableView table(String name) {
        return ask(leat -> leat.lake().table(leat.project().environment(), TableName.parse(name)));
    }

    /** Where the table's current metadata lies: another place after every commit. */
    String version(String table) {
        return ask(leat -> leat.state()
                .metadataLocation(leat.project().environment(), TableName.parse(table))
                .orElse("none"));
    }

    static NodeReport node(RunReport report, String name) {
        return report.nodes().stream()
                .filter(node -> node.node().name().value().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + report));
    }
}
