package io.leat.run;

import io.leat.lake.DuckDb;
import io.leat.lake.Lake;
import io.leat.lake.Rejects;
import io.leat.lake.TableView;
import io.leat.model.Analyzer;
import io.leat.model.MetadataTable;
import io.leat.model.Model;
import io.leat.model.ModelKind;
import io.leat.name.PipelineException;
import io.leat.name.Sql;
import io.leat.name.TableName;
import io.leat.project.Project;
import io.leat.schema.Fold;
import io.leat.state.CatalogTable;
import io.leat.state.Load;
import io.leat.state.StateReader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/**
 * Runs a query that a user typed over the tables of an environment, and nothing else: it reads the files of the tables that
 * it names, writes nothing, and sees every table as it was when it began.
 */
public final class Console implements AutoCloseable {

    private static final String DESCRIBE = "DESCRIBE ";

    private final DuckDb duck;
    private final String sql;
    private final QueryFaults faults;
    private final TempFolder temp;

    private Console(DuckDb duck, String sql, QueryFaults faults, TempFolder temp) {
        this.duck = duck;
        this.sql = sql;
        this.faults = faults;
        this.temp = temp;
    }

    /** A column of the result, with DuckDB's name of its type. */
    public record Column(String name, String type) {}

    /**
     * Prepares a query.
     *
     * @throws PipelineException E505 if it is not a query
     */
    public static Console open(String sql, Project project, StateReader state, Lake lake, Analyzer analyzer) {
        var temp = TempFolder.in(project.storage().resolve("tmp"));
        DuckDb duck;
        try {
            duck = DuckDb.open(Loading.limits(project, temp.path()));
        } catch (RuntimeException e) {
            temp.close();
            throw e;
        }
        try {
            String query = sql.replaceFirst("[;\\s]+$", "");
            duck.requireQuery(query);
            var inputs = new ModelInputs(project, state, lake, analyzer);
            duck.lockDown(views(duck, query, project, state, lake, inputs));
            return new Console(duck, query, new QueryFaults(query, tables(project, state), lake), temp);
        } catch (RuntimeException e) {
            duck.close();
            temp.close();
            throw e instanceof PipelineException failure ? lake.explained(failure) : e;
        }
    }

    private static List<TableName> tables(Project project, StateReader state) {
        return Stream.concat(
                        state.tables(project.environment()).stream().map(CatalogTable::table),
                        project.models().stream()
                                .filter(model -> model.kind() instanceof ModelKind.View)
                                .map(Model::name))
                .distinct()
                .toList();
    }

    /** Makes a view of each table that the query may name, and gives the files behind them. */
    private static List<Path> views(
            DuckDb duck, String query, Project project, StateReader state, Lake lake, ModelInputs inputs) {
        List<Path> readable = new ArrayList<>();
        Map<TableName, String> views = new LinkedHashMap<>();
        String text = query.strip().toLowerCase(Locale.ROOT);
        boolean all = text.startsWith("show") || text.contains("information_schema") || text.contains("duckdb_");
        Set<TableName> needed = new LinkedHashSet<>();
        for (Model model : project.models()) {
            boolean named = all || text.contains(model.name().name());
            if (named
                    && model.kind() instanceof ModelKind.View
                    && inputs.lakeTables(model).stream().allMatch(inputs::isLoaded)) {
                views.put(model.name(), inputs.relation(model.name()));
                needed.addAll(inputs.lakeTables(model));
            }
        }
        for (CatalogTable entry : state.tables(project.environment())) {
            TableName table = entry.table();
            boolean named = all || text.contains(table.name());
            if (!named && !needed.contains(table)) {
                continue;
            }
            TableView view = lake.table(project.environment(), table);
            readable.addAll(view.files());
            if (!table.equals(Rejects.TABLE)) {
                // of changes the origin is worth looking at, and nobody but Leat sees them otherwise
                boolean changes = Fold.madeOf(table).filter(project::isFolded).isPresent();
                views.put(table, (changes ? view.withProvenance() : view).sql());
            }
        }
        if (all || text.contains(Rejects.TABLE.name())) {
            views.put(Rejects.TABLE, lake.rejects(project.environment(), loads(project, state)));
        }
        if (all || text.contains(MetadataTable.NAME.name())) {
            views.put(MetadataTable.NAME, inputs.relation(MetadataTable.NAME));
        }
        Set<String> schemas = new LinkedHashSet<>();
        views.forEach((table, relation) -> {
            if (schemas.add(table.schema())) {
                duck.execute("CREATE SCHEMA IF NOT EXISTS " + Sql.identifier(table.schema()));
            }
            duck.execute("CREATE VIEW " + Sql.identifier(table) + " AS FROM (" + relation + ")");
        });
        schemas.add("main");
        duck.execute("SET search_path = " + Sql.literal(String.join(",", schemas)));
        return readable;
    }

    private static List<Load> loads(Project project, StateReader state) {
        return project.pipelines().stream()
                .flatMap(pipeline -> state.loads(project.environment(), pipeline.name()).stream())
                .toList();
    }

    /** The columns of the result. */
    public List<Column> columns() {
        try {
            return duck.query(DESCRIBE + sql, row -> new Column(row.getString(1), row.getString(2)));
        } catch (PipelineException e) {
            throw faults.of(e, DESCRIBE);
        }
    }

    /** Hands over every row as it comes, in bounded memory; answers how many there were. */
    public long rows(DuckDb.RowConsumer consumer) {
        try {
            return duck.stream(sql, consumer);
        } catch (PipelineException e) {
            throw faults.of(e, "");
        }
    }

    /** The fields of a struct in a row, by their names; JDBC itself knows their order only. */
    public static Map<String, @Nullable Object> fields(Struct struct) throws SQLException {
        return ((DuckDBStruct) struct).getMap();
    }

    /** Ends a query that runs, with an error there. */
    public void interrupt() {
        duck.interrupt();
    }

    @Override
    public void close() {
        duck.close();
        temp.close();
    }
}
