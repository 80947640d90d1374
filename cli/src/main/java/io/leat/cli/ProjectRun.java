package io.leat.cli;

import io.leat.Leat;
import io.leat.cli.RunScreen.Detail;
import io.leat.run.RunListener;
import io.leat.run.RunReport;
import io.leat.run.RunRequest;
import java.util.function.Function;

/** A run as commands make it: shown on the screen, logged where there is none, ended in order when asked to stop. */
final class ProjectRun {
    /** Set to {@code none}, it silences the log of steps. */
    private static final String STEP_LOG = "LEAT_STEP_LOG";

    private final Session session;

    ProjectRun(Session session) {
        this.session = session;
    }

    /** Carries a backfill out as far as it goes, and returns the exit code. */
    int carryOut(String backfill, int slots) {
        int code;
        boolean forPrograms = session.options().form.forPrograms();
        try (var leat = session.leat()) {
            var started = leat.backfills().progress(backfill).backfill();
            var request = leat.backfills().request(started).withSlots(slots);
            code = run(leat, request, forPrograms ? Detail.SLICES : Detail.NODES);
            var progress = leat.backfills().progress(backfill);
            String left = leat.backfills().endIfDone(progress.backfill())
                    ? ""
                    : "; `leat backfills resume " + backfill + "` goes on with the rest";
            session.output()
                    .say(backfill + ": " + progress.ended() + " of "
                            + progress.backfill().slices() + " slices have ended" + left);
        }
        return code;
    }

    /** Runs and returns the exit code. */
    int run(RunRequest request, Detail detail) {
        try (var leat = session.leat()) {
            return run(leat, request, detail);
        }
    }

    private int run(Leat leat, RunRequest request, Detail detail) {
        var output = session.output();
        Runnable stopping = () -> output.warn("stopping: what is in work is finished or given back");
        try (var interruption = Interruption.watch(session, stopping)) {
            int code = shown(
                    detail, listener -> leat.run(request, session.arguments(), listener, interruption::requested));
            if (leat.project().dag().nodes().isEmpty()) {
                output.say("the project has no pipelines and no models yet: `leat add FILE` drafts a pipeline");
            }
            return code;
        }
    }

    /** Shows what a run tells while it lasts, and returns the exit code. */
    int shown(Detail detail, Function<RunListener, RunReport> run) {
        var output = session.output();
        var screen = new RunScreen(output, detail);
        boolean logged = !output.terminal().progress()
                && !output.quiet()
                && detail == Detail.NODES
                && !"none".equals(session.environment().get(STEP_LOG));
        RunReport report = run.apply(logged ? screen.and(new StepLog(output.messages())) : screen);
        screen.close(report);
        return report.exitCode();
    }
}
