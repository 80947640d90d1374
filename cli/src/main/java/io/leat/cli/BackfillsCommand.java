package io.leat.cli;

import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.run.Backfills;
import io.leat.run.Backfills.Progress;
import io.leat.state.Status;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "backfills",
        description = "Lists backfills and restatements with how far they are, newest first.",
        footerHeading = "%nExamples:%n",
        footer = {"  leat backfills", "  leat backfills pause b0r4x7k2m9abc", "  leat backfills -n 100 -o json"})
final class BackfillsCommand implements Callable<Integer> {
    private static final Listing<Progress> PROGRESS = Listing.<Progress>empty()
            .with(
                    "backfill_id",
                    "backfill",
                    Kind.TEXT,
                    progress -> progress.backfill().id())
            .with("kind", Kind.STATUS, progress -> progress.backfill().kind())
            .with("status", Kind.STATUS, progress -> progress.backfill().stage())
            .with("slices", Kind.NUMBER, progress -> progress.backfill().slices())
            .with("ended", Kind.NUMBER, Progress::ended)
            .withIfAny("failed", "failed", Kind.NUMBER, progress -> progress.count(Status.FAILED))
            .withIfAny("in_progress", "in progress", Kind.NUMBER, progress -> progress.count(Status.IN_PROGRESS))
            .with("of", Kind.TEXT, BackfillsCommand::pipelines)
            .with("created", Kind.INSTANT, progress -> progress.backfill().created())
            .withDetail("who", progress -> progress.backfill().who())
            .withDetail("reprocess", progress -> progress.backfill().reprocess());

    private final Session session;

    @Option(names = "-n", paramLabel = "N", description = "How many; 20 if nothing is said.")
    int limit = 20;

    BackfillsCommand(Session session) {
        this.session = session;
    }

    private static String pipelines(Progress progress) {
        return progress.backfill().ranges().stream()
                .map(range -> range.pipeline().value())
                .collect(Collectors.joining(", "));
    }

    @Override
    public Integer call() {
        try (var leat = session.leat()) {
            session.output().print(PROGRESS, leat.backfills().newest(AtLeast.one("-n", limit)));
        }
        return 0;
    }

    private static int changed(
            Session session, String id, BiFunction<Backfills, String, Progress> change, String done) {
        try (var leat = session.leat()) {
            Progress progress = change.apply(leat.backfills(), id);
            session.output()
                    .say(id + " is " + done + ": " + progress.ended() + " of "
                            + progress.backfill().slices() + " slices have ended");
        }
        return 0;
    }

    @Command(
            name = "pause",
            description = "Begins nothing more of a backfill; what is in work is finished.",
            footerHeading = "%nExamples:%n",
            footer = "  leat backfills pause b0r4x7k2m9abc")
    static final class Pause implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "ID", description = "Which backfill.")
        String id = "";

        Pause(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            return changed(session, id, Backfills::pause, "paused");
        }
    }

    @Command(
            name = "resume",
            description =
                    "Goes on with a backfill that was paused, or whose process ended: here, or with --detach by workers.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  leat backfills resume b0r4x7k2m9abc --slots 4",
                "  leat backfills resume b0r4x7k2m9abc --detach"
            })
    static final class Resume implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "ID", description = "Which backfill.")
        String id = "";

        @Option(names = "--detach", description = "Leaves it to workers.")
        boolean detach;

        @Mixin
        final SlotsOption slots = new SlotsOption();

        Resume(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            int code = changed(session, id, Backfills::resume, "running");
            return detach ? code : new ProjectRun(session).carryOut(id, slots.slots());
        }
    }

    @Command(
            name = "cancel",
            description = "Ends a backfill: what is in work is cancelled, what is loaded stays.",
            footerHeading = "%nExamples:%n",
            footer = "  leat backfills cancel b0r4x7k2m9abc")
    static final class Cancel implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "ID", description = "Which backfill.")
        String id = "";

        Cancel(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            return changed(session, id, Backfills::cancel, "cancelled");
        }
    }
}
