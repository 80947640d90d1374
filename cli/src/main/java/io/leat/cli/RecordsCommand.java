package io.leat.cli;

import io.leat.Leat;
import io.leat.cli.output.Human;
import io.leat.run.RunRequest;
import io.leat.state.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that change records which a person names, or all of a pipeline to which it can be done. */
abstract sealed class RecordsCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            arity = "1..*",
            paramLabel = "RECORD",
            description =
                    "Records such as trips@2024-03-10T02; or pipelines and models: all of theirs that it can be done to.")
    List<String> names = new ArrayList<>();

    RecordsCommand(Session session) {
        this.session = session;
    }

    Session session() {
        return session;
    }

    /** Prints the records as they are now. */
    int told(Leat leat, List<Record> changed, String what) {
        var zone = leat.project().settings().defaults().timezone();
        session.output().print(RecordListing.of(record -> zone), changed);
        session.output()
                .say(
                        changed.isEmpty()
                                ? "nothing to do: none of them can be " + what.replaceFirst("^to be ", "")
                                : Human.count(changed.size(), "record", "records") + " " + what);
        return 0;
    }

    @Command(
            name = "retry",
            description = {
                "Goes on with what has failed or was cancelled: the same generation, one attempt more.",
                "It is loaded at once, or with --detach by the next run or worker."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  leat retry trips@2024-03-10T02", "  leat retry trips --detach"})
    static final class Retry extends RecordsCommand {
        @Option(names = "--detach", description = "Leaves the loading to the next run or worker.")
        boolean detach;

        Retry(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            RunRequest request;
            try (var leat = session().leat()) {
                List<Record> reopened = leat.interventions().retry(names);
                if (detach || reopened.isEmpty()) {
                    return told(leat, reopened, "to be tried again");
                }
                request = leat.interventions().request(reopened);
            }
            return new ProjectRun(session()).run(request, RunScreen.Detail.SLICES);
        }
    }

    @Command(
            name = "cancel",
            description = {
                "Ends what waits or is in work; whoever works on it stops within seconds.",
                "What was published stays. It is not loaded again before `leat retry`."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  leat cancel trips@2024-03-10T02", "  leat cancel trips --reason 'wrong file'"})
    static final class Cancel extends RecordsCommand {
        @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for those who look at it later.")
        String reason = "cancelled by a person";

        Cancel(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            try (var leat = session().leat()) {
                return told(leat, leat.interventions().cancel(names, reason), "cancelled");
            }
        }
    }

    @Command(
            name = "release",
            description = {
                "Takes records away from whoever holds them, and shuts those out: for a process that hangs on another machine.",
                "Of processes on this machine Leat finds out itself when they are dead."
            },
            footerHeading = "%nExamples:%n",
            footer = "  leat release trips@2024-03-10T02")
    static final class Release extends RecordsCommand {
        Release(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            try (var leat = session().leat()) {
                return told(leat, leat.interventions().release(names), "released");
            }
        }
    }

    @Command(
            name = "restore-slice",
            description = {
                "Loads slices again whose rows readers do not see as they were published, and ends their quarantine.",
                "Named by pipeline or model: all that are quarantined."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  leat restore-slice trips@2024-03-10T02", "  leat restore-slice trips"})
    static final class RestoreSlice extends RecordsCommand {
        RestoreSlice(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            RunRequest request;
            try (var leat = session().leat()) {
                request = leat.interventions().restore(names);
            }
            return new ProjectRun(session()).run(request, RunScreen.Detail.SLICES);
        }
    }
}
