package io.leat.cli;

import io.leat.cli.StateCommand.Rows;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = {
            "Moves the state store into a file (JSON Lines), on its way to another place, such as from SQLite to PostgreSQL.",
            "The store cannot be used any more from then on, only exported again; whoever uses it is stopped at once.",
            "`leat state import` makes the same store of the file."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  leat state export state.jsonl --dry-run", "  leat state export state.jsonl --yes"})
final class StateExportCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "The file to write; it must not be there yet.")
    Path file = Path.of("");

    @Option(names = "--dry-run", description = "Prints what would be written, and changes nothing.")
    boolean dryRun;

    @Option(names = "--yes", description = "Confirms that the store may be taken out of use.")
    boolean yes;

    StateExportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var output = session.output();
        Path target = session.resolve(file);
        try (var project = session.project();
                var keeper = session.stateKeeper(project)) {
            var store = keeper.describe();
            if (!dryRun && !yes) {
                throw new PipelineException(
                                ErrorCode.CONFIRMATION_NEEDED,
                                "state export would take the store " + store.place() + " out of use")
                        .withHint("add --yes; --dry-run shows what would be written");
            }
            long rows = dryRun
                    ? store.rows().values().stream().mapToLong(Long::longValue).sum()
                    : keeper.export(target, project.environment());
            output.print(Rows.OF_TABLES, Rows.of(keeper.describe()));
            output.say(
                    dryRun
                            ? StateCommand.total(rows) + " would be written; nothing was changed"
                            : "wrote " + StateCommand.total(rows) + " to " + target
                                    + "; the store is out of use. Next: let `state:` in leat.yaml name a new place, then"
                                    + " `leat state import " + file + "`");
        }
        return 0;
    }
}
