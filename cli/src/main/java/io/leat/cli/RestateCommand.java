package io.leat.cli;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.run.BackfillRequest;
import io.leat.state.Backfill;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "restate",
        description = {
            "Loads again what is there, even if nothing seems to have changed, and the models that read it.",
            "Each slice is replaced in one transaction; other environments are not touched."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  leat restate trips --start 2024-03-10 --end 2024-03-11 --dry-run",
            "  leat restate trips --start 2024-03-10 --end 2024-03-11",
            "  leat restate countries --only-selected       without the models that read it"
        })
final class RestateCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    final SelectionOptions selected = new SelectionOptions();

    @Mixin
    final BoundsOptions bounds = new BoundsOptions();

    @Option(names = "--only-selected", description = "Leaves the models out that read what is loaded again.")
    boolean onlySelected;

    @Mixin
    final BackfillOptions options = new BackfillOptions();

    RestateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (selected.include.isEmpty()) {
            throw new PipelineException(ErrorCode.BAD_ARGUMENT, "say which pipelines and models are to be loaded again")
                    .withHint("`leat restate trips`, or `leat restate '*'` for everything");
        }
        return options.done(
                session,
                new BackfillRequest(
                        Backfill.Kind.RESTATE,
                        selected.selection(),
                        bounds.scope(),
                        Backfill.Reprocess.COMPLETED,
                        false,
                        OptionalInt.empty(),
                        !onlySelected));
    }
}
