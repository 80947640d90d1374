package io.leat.cli;

import io.leat.cli.output.Human;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.project.ProjectStamp;
import io.leat.run.WorkRequest;
import io.leat.time.TimeSpan;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "worker",
        description = {
            "Loads windows as they become due, and what is left of backfills, until it is stopped.",
            "Several may run at once, here or on other machines that share the state store.",
            "It notices changes of the project's files; a project with problems is told, and the one before goes on."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  leat worker", "  leat worker --slots 4", "  leat worker tag:hourly --poll 2s"})
final class WorkerCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    final SelectionOptions selected = new SelectionOptions();

    @Mixin
    final SlotsOption slots = new SlotsOption();

    @Option(names = "--poll", paramLabel = "TIME", description = "How often to look whether something is due.")
    String poll = "10s";

    WorkerCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var request = new WorkRequest(selected.selection(), slots.slots(), span(poll));
        var output = session.output();
        Runnable stopping = () -> output.warn("stopping: what is in work is finished");
        try (var interruption = Interruption.watch(session, stopping)) {
            while (!interruption.requested()) {
                work(request, interruption);
            }
        }
        return 0;
    }

    /** Until it is stopped, or the project's files are others. */
    private void work(WorkRequest request, Interruption interruption) {
        var output = session.output();
        var stamp = new ProjectStamp(session.projectFolder());
        try (var leat = session.leat()) {
            output.say("working: " + Human.count(slots.slots(), "slot", "slots") + ", looking every " + poll);
            var news = new StepLog(output.messages());
            // whoever asks first hears of a change; all others have to hear of it, too
            var renewed = new AtomicBoolean();
            leat.work(request, session.arguments(), news, () -> {
                if (!renewed.get() && reloads(stamp)) {
                    renewed.set(true);
                }
                return interruption.requested() || renewed.get();
            });
        }
    }

    private boolean reloads(ProjectStamp stamp) {
        if (!stamp.changed()) {
            return false;
        }
        try {
            session.project().close();
            session.output().say("the project's files have changed: they are read again");
            return true;
        } catch (PipelineException broken) {
            session.report(broken);
            session.output().warn("the project as it was before goes on");
            return false;
        }
    }

    private static Duration span(String text) {
        try {
            return TimeSpan.parse(text).length();
        } catch (IllegalArgumentException failure) {
            throw new PipelineException(
                    ErrorCode.BAD_ARGUMENT, "--poll " + text + ": " + failure.getMessage(), failure);
        }
    }
}
