package io.leat.cli;

import io.leat.cli.StateCommand.Rows;
import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.state.StoreDescription;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "info",
        description = "What the state store is, where, how large, and how many rows its tables have.",
        footerHeading = "%nExamples:%n",
        footer = {"  leat state info", "  leat state info -o json"})
final class StateInfoCommand implements Callable<Integer> {
    private static final Listing<StoreDescription> STORE = Listing.<StoreDescription>empty()
            .with("kind", Kind.TEXT, StoreDescription::kind)
            .with("place", Kind.TEXT, StoreDescription::place)
            .with("version", Kind.PLAIN_NUMBER, StoreDescription::version)
            .with("store_id", "store", Kind.TEXT, StoreDescription::storeId)
            .with("bytes", "size", Kind.BYTES, StoreDescription::bytes)
            .with("created_at", "created", Kind.INSTANT, StoreDescription::created)
            .withIfAny("moved_at", "moved", Kind.INSTANT, StoreDescription::movedAt)
            .withDetail("rows", StoreDescription::rows);

    private final Session session;

    StateInfoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var output = session.output();
        try (var project = session.project();
                var keeper = session.stateKeeper(project)) {
            var store = keeper.describe();
            output.print(STORE, List.of(store));
            if (!output.form().forPrograms()) {
                output.text("");
                output.print(Rows.OF_TABLES, Rows.of(store));
            }
        }
        return 0;
    }
}
