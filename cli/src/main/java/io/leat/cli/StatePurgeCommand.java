package io.leat.cli;

import io.leat.cli.StateCommand.Rows;
import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.state.Purged;
import io.leat.time.TimeSpan;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "purge",
        description = {
            "Deletes what ended long ago and is not needed any more, in the environment: earlier generations of records with their",
            "events and checks, loads that were replaced, runs that no record names, and entries of the audit log.",
            "The newest generation of every slice stays, and what is published; nothing becomes due again. Others may load meanwhile."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  leat state purge --older-than 90d --dry-run", "  leat state purge --older-than 1y"})
final class StatePurgeCommand implements Callable<Integer> {
    private static final int ROWS_AT_ONCE = 500;

    private static final Listing<Rows> DELETED =
            Listing.<Rows>empty().with("what", Kind.TEXT, Rows::what).with("rows", Kind.NUMBER, Rows::rows);

    private final Session session;

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            required = true,
            description = "What ended this long ago, such as 90d.")
    String olderThan = "";

    @Option(names = "--dry-run", description = "Prints what would be deleted, and changes nothing.")
    boolean dryRun;

    StatePurgeCommand(Session session) {
        this.session = session;
    }

    private TimeSpan age() {
        try {
            return TimeSpan.parse(olderThan);
        } catch (IllegalArgumentException failure) {
            throw new PipelineException(
                    ErrorCode.BAD_ARGUMENT, "--older-than " + olderThan + ": " + failure.getMessage(), failure);
        }
    }

    @Override
    public Integer call() {
        var age = age();
        var output = session.output();
        try (var project = session.project();
                var keeper = session.stateKeeper(project)) {
            Instant before = age.before(keeper.now());
            Purged purged = dryRun
                    ? keeper.purgeable(project.environment(), before)
                    : keeper.purge(project.environment(), before, ROWS_AT_ONCE);
            List<Rows> rows = rows(purged);
            output.print(DELETED, rows);
            String total =
                    StateCommand.total(rows.stream().mapToLong(Rows::rows).sum());
            output.say(dryRun ? total + " would be deleted; nothing was changed" : total + " deleted");
        }
        return 0;
    }

    private static List<Rows> rows(Purged purged) {
        return List.of(
                new Rows("records", purged.records()),
                new Rows("events", purged.events()),
                new Rows("checks", purged.checks()),
                new Rows("loads", purged.loads()),
                new Rows("runs", purged.runs()),
                new Rows("audit entries", purged.auditEntries()));
    }
}
