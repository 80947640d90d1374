package io.leat.cli;

import io.leat.cli.StateCommand.Rows;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = {
            "Makes the store that leat.yaml names, which must be empty, the one that was exported to a file: all of it or nothing.",
            "It is the same store in another place; the lake goes on belonging to it. Import a file only once."
        },
        footerHeading = "%nExamples:%n",
        footer = "  leat state import state.jsonl")
final class StateImportCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "A file that `leat state export` has written.")
    Path file = Path.of("");

    StateImportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var output = session.output();
        try (var project = session.project();
                var keeper = session.stateKeeper(project)) {
            long rows = keeper.importFrom(session.resolve(file), project.environment());
            var store = keeper.describe();
            output.print(Rows.OF_TABLES, Rows.of(store));
            output.say("read " + StateCommand.total(rows) + "; " + store.place() + " is the store " + store.storeId());
        }
        return 0;
    }
}
