package io.leat.run;

import io.leat.config.Problems;
import io.leat.lake.Lake;
import io.leat.lake.TableView;
import io.leat.model.Analyzer;
import io.leat.model.Bindings;
import io.leat.model.MetadataTable;
import io.leat.model.Model;
import io.leat.model.ModelGraph;
import io.leat.model.ModelKind;
import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.TableName;
import io.leat.project.Project;
import io.leat.schema.Contract;
import io.leat.state.StateReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How the queries of models reach the tables that they read: lake tables, views, and the table of all models. */
final class ModelInputs {

    private final Project project;
    private final StateReader state;
    private final Lake lake;
    private final Analyzer analyzer;

    ModelInputs(Project project, StateReader state, Lake lake, Analyzer analyzer) {
        this.project = project;
        this.state = state;
        this.lake = lake;
        this.analyzer = analyzer;
    }

    /** The tables of the lake that a model reads, those behind views included. */
    Set<TableName> lakeTables(Model model) {
        Set<TableName> tables = new LinkedHashSet<>();
        for (TableName table : model.dependencies()) {
            Optional<Model> view = view(table);
            if (view.isPresent()) {
                tables.addAll(lakeTables(view.get()));
            } else if (!table.equals(MetadataTable.NAME)) {
                tables.add(table);
            }
        }
        return tables;
    }

    /** The columns of every table that a model reads directly; E106 if one has never been filled. */
    Map<TableName, Contract> contracts(Model model) {
        Map<TableName, Contract> contracts = new HashMap<>();
        for (TableName table : model.dependencies()) {
            contracts.put(table, contract(table));
        }
        return contracts;
    }

    private Contract contract(TableName table) {
        return table.equals(MetadataTable.NAME)
                ? MetadataTable.CONTRACT
                : view(table).map(this::output).orElseGet(() -> lakeContract(table));
    }

    private Contract lakeContract(TableName table) {
        return lake.find(environment(), table)
                .map(TableView::contract)
                .orElseThrow(() -> new PipelineException(ErrorCode.UNKNOWN_NAME, table + " has not been loaded yet"));
    }

    /** The columns that a model's query gives. */
    Contract output(Model model) {
        var problems = new Problems();
        Optional<Contract> contract = ModelGraph.contract(model, contracts(model), analyzer, problems);
        problems.throwIfAny();
        return contract.orElseThrow(() ->
                new PipelineException(ErrorCode.TRANSFORMATION, "the columns of " + model.name() + " cannot be found"));
    }

    /** A relation for each table that a model's query or audits refer to, in its present state. */
    Map<TableName, String> relations(Model model) {
        Map<TableName, String> relations = new HashMap<>();
        for (TableName table : model.dependencies()) {
            relations.put(table, relation(table));
        }
        return relations;
    }

    /** A query for the user columns of a table, view, or of the table of all models. */
    String relation(TableName table) {
        if (table.equals(MetadataTable.NAME)) {
            return "(" + MetadataTable.relation(project.models(), outputs()) + ")";
        }
        return view(table)
                .map(view -> "(" + view.sql(output(view), Bindings.NONE, relations(view)) + ")")
                .orElseGet(() -> lake.relation(environment(), table));
    }

    /** The columns of all models whose upstream is there; the others are left out. */
    private Map<TableName, Contract> outputs() {
        Map<TableName, Contract> outputs = new HashMap<>();
        for (Model model : project.models()) {
            if (lakeTables(model).stream().allMatch(this::isLoaded)) {
                outputs.put(model.name(), output(model));
            }
        }
        return outputs;
    }

    boolean isLoaded(TableName table) {
        return state.metadataLocation(environment(), table).isPresent();
    }

    /** Whether readers of the table see something else than the ledger says, in any of its slices. */
    boolean isQuarantined(TableName table) {
        return state.loads(environment(), table).stream().anyMatch(load -> load.quarantine() != null);
    }

    /** What decides what a model's rows look like: its own query, and those of the views that it reads through. */
    String fingerprint(Model model) {
        List<String> views = new ArrayList<>();
        for (TableName table : new TreeSet<>(model.dependencies())) {
            view(table).ifPresent(view -> views.add(table + " " + fingerprint(view)));
        }
        String own = model.fingerprint().hex();
        if (views.isEmpty()) {
            return own;
        }
        views.add(own);
        return Tokens.of(views);
    }

    private Optional<Model> view(TableName table) {
        return project.models().stream()
                .filter(model -> model.name().equals(table) && model.kind() instanceof ModelKind.View)
                .findFirst();
    }

    private EnvironmentName environment() {
        return project.environment();
    }
}
