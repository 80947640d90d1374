package io.leat.cli;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.run.BackfillRequest;
import io.leat.state.Backfill;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "backfill",
        description = {
            "Loads windows of the past, whatever `catchup` says: those that have no record, or more with --reprocess.",
            "It is written down before it begins: `leat backfills` lists, pauses, resumes and cancels."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  leat backfill trips --start 2024-01-01 --end 2024-02-01 --dry-run",
            "  leat backfill trips --start 2024-01-01 --slots 4 --reverse",
            "  leat backfill tag:daily --reprocess failed",
            "  leat backfill trips --detach               for workers"
        })
final class BackfillCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    final SelectionOptions selected = new SelectionOptions();

    @Mixin
    final BoundsOptions bounds = new BoundsOptions();

    @Option(
            names = "--reprocess",
            paramLabel = "WHICH",
            description = "missing (no record yet), failed (those, and what failed or was cancelled), completed (all).")
    Backfill.Reprocess reprocess = Backfill.Reprocess.MISSING;

    @Option(names = "--reverse", description = "The newest first.")
    boolean reverse;

    @Option(
            names = "--max-active",
            paramLabel = "N",
            description = "How many claims of each pipeline at once, in all processes; else as many as its file says.")
    @Nullable
    Integer maxActive;

    @Mixin
    final BackfillOptions options = new BackfillOptions();

    BackfillCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (selected.include.isEmpty()) {
            throw new PipelineException(ErrorCode.BAD_ARGUMENT, "say which pipelines and models are to be filled")
                    .withHint("`leat backfill trips`, or `leat backfill '*'` for everything");
        }
        Integer wanted = maxActive;
        OptionalInt most = wanted == null ? OptionalInt.empty() : OptionalInt.of(AtLeast.one("--max-active", wanted));
        return options.done(
                session,
                new BackfillRequest(
                        Backfill.Kind.BACKFILL, selected.selection(), bounds.scope(), reprocess, reverse, most, false));
    }
}
