package io.leat.model;

import io.leat.lake.DuckDb;
import io.leat.lake.SqlFault;
import io.leat.name.PipelineException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * DuckDB's parser and binder, in an instance of its own that holds no data and reaches nothing. Thread-safe: calls wait for each
 * other. {@link Model#sql} does not need it.
 */
public final class Analyzer implements AutoCloseable {

    private static final int LONGEST_QUERY = 1_000_000;
    /** Of JSON objects and arrays; a sum of 400 terms has about 1600. Code that walks the tree calls itself so many times. */
    private static final int DEEPEST_TREE = 2_000;

    private final DuckDb duckDb;
    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST_TREE)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .build();

    private Analyzer(DuckDb duckDb) {
        this.duckDb = duckDb;
    }

    /** The folder is where DuckDB may spill; nothing is written there. */
    public static Analyzer open(Path temp) {
        var duckDb = DuckDb.open(new DuckDb.Limits(512L << 20, 1, temp, 0));
        try {
            duckDb.lockDown(List.of());
            return new Analyzer(duckDb);
        } catch (RuntimeException failure) {
            duckDb.close();
            throw failure;
        }
    }

    /** What came of parsing or binding. The place of a fault is a byte offset in the text. */
    sealed interface Outcome<T> {
        record Ok<T>(T value) implements Outcome<T> {}

        record Bad<T>(SqlFault fault) implements Outcome<T> {}
    }

    /** A result column as DuckDB describes it. */
    record Described(String name, String type) {}

    /** The syntax trees of the queries in a text. */
    synchronized Outcome<List<JsonNode>> parse(String sql) {
        if (sql.length() > LONGEST_QUERY) {
            return bad("the query is longer than " + LONGEST_QUERY + " characters");
        }
        try {
            var tree = json.readTree(duckDb.query("SELECT json_serialize_sql(?)", row -> row.getString(1), sql)
                    .getFirst());
            if (tree.path("error").asBoolean()) {
                return new Outcome.Bad<>(SqlFault.ofParser(
                        tree.path("error_message").asString(),
                        tree.path("position").asLong(-1)));
            }
            var statements = new ArrayList<JsonNode>();
            tree.path("statements").forEach(statement -> statements.add(statement.path("node")));
            return new Outcome.Ok<>(statements);
        } catch (JacksonException tooDeep) {
            return bad("the query is nested too deeply");
        } catch (PipelineException failure) {
            return new Outcome.Bad<>(SqlFault.of(failure));
        }
    }

    /** The columns that a query gives, without running it. */
    synchronized Outcome<List<Described>> describe(String sql) {
        String prefix = "DESCRIBE ";
        try {
            return new Outcome.Ok<>(
                    duckDb.query(prefix + sql, row -> new Described(row.getString(1), row.getString(2))));
        } catch (PipelineException failure) {
            return new Outcome.Bad<>(SqlFault.of(failure).behind(prefix));
        }
    }

    /** Whether a function gives another result when it is called again, according to DuckDB. */
    synchronized boolean isChanging(String function) {
        return duckDb.functions().isChanging(function);
    }

    /** Gives its engine to others who only parse and bind with it. */
    public synchronized void lend(Consumer<DuckDb> work) {
        work.accept(duckDb);
    }

    @Override
    public void close() {
        duckDb.close();
    }

    private static <T> Outcome.Bad<T> bad(String message) {
        return new Outcome.Bad<>(SqlFault.ofParser(message, -1));
    }
}
