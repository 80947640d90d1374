package io.leat.cli;

import io.leat.Leat;
import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.config.Suggestion;
import io.leat.lake.TableView;
import io.leat.model.Model;
import io.leat.model.ModelKind;
import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.TableName;
import io.leat.project.Node;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "catalog",
        description = "The tables of the environment; of a named one its columns.",
        footerHeading = "%nExamples:%n",
        footer = {"  leat catalog", "  leat catalog bronze.trips", "  leat catalog -o json"})
final class CatalogCommand implements Callable<Integer> {
    private static final Listing<Entry> ENTRIES = Listing.<Entry>empty()
            .with("table", Kind.TEXT, Entry::table)
            .with("kind", Kind.TEXT, Entry::kind)
            .with(
                    "rows",
                    Kind.NUMBER,
                    entry -> entry.view().map(TableView::rows).orElse(null))
            .with(
                    "bytes",
                    "size",
                    Kind.BYTES,
                    entry -> entry.view().map(TableView::bytes).orElse(null))
            .with(
                    "files",
                    Kind.NUMBER,
                    entry -> entry.view().map(view -> view.files().size()).orElse(null))
            .with("columns", Kind.NUMBER, Entry::columns)
            .with("filled_by", "filled by", Kind.TEXT, Entry::writers)
            .withDetail(
                    "metadata_location",
                    entry -> entry.view().map(TableView::metadataLocation).orElse(null));

    private static final Listing<Column> COLUMNS = Listing.<Column>empty()
            .with("column", Kind.TEXT, Column::name)
            .with("type", Kind.TEXT, column -> column.type().text())
            .with("description", Kind.TEXT, Column::description);

    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "TABLE", description = "A table, such as bronze.trips.")
    @Nullable
    String table;

    CatalogCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var leat = session.leat()) {
            String named = table;
            List<Entry> entries = entries(leat);
            if (named == null) {
                session.output().print(ENTRIES, entries);
                return 0;
            }
            Entry entry = entries.stream()
                    .filter(each -> each.table().toString().equals(named))
                    .findFirst()
                    .orElseThrow(() -> unknown(named, entries));
            session.output()
                    .print(COLUMNS, entry.contract().map(Contract::columns).orElse(List.of()));
        }
        return 0;
    }

    private static List<Entry> entries(Leat leat) {
        EnvironmentName environment = leat.project().environment();
        var entries = new ArrayList<Entry>();
        for (var stored : leat.state().tables(environment)) {
            TableView view = leat.lake().table(environment, stored.table());
            entries.add(new Entry(
                    stored.table(),
                    "table",
                    Optional.of(view),
                    Optional.of(view.contract()),
                    writers(leat, stored.table())));
        }
        for (Model model : leat.project().models()) {
            if (model.kind() instanceof ModelKind.View) {
                entries.add(new Entry(
                        model.name(), "view", Optional.empty(), leat.columns(model), "model " + model.name()));
            }
        }
        return entries;
    }

    private static String writers(Leat leat, TableName table) {
        return leat.project().dag().writers(table).stream()
                .map(node -> node.kind() == Node.Kind.MODEL
                        ? "model " + node.name()
                        : node.name().value())
                .collect(Collectors.joining(", "));
    }

    private static PipelineException unknown(String named, List<Entry> entries) {
        var names = entries.stream().map(entry -> entry.table().toString()).toList();
        return new PipelineException(ErrorCode.BAD_ARGUMENT, "there is no table '" + named + "'")
                .withHint(Suggestion.nearest(named, names)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("`leat catalog` lists tables"));
    }

    private record Entry(
            TableName table, String kind, Optional<TableView> view, Optional<Contract> contract, String writers) {
        @Nullable
        Integer columns() {
            return contract.map(all -> all.columns().size()).orElse(null);
        }
    }
}
