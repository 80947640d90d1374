package io.leat.run;

import io.leat.config.ByteSize;
import io.leat.lake.DuckDb;
import io.leat.lake.Lake;
import io.leat.model.Analyzer;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.RunId;
import io.leat.project.Node;
import io.leat.project.Project;
import io.leat.state.Owner;
import io.leat.state.StateStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Runs of a project in this process: each with a DuckDB session, a folder for what it spills, and a log. */
public final class Loading {

    private static final long MOST_SPILLED = 1L << 40;

    private final Project project;
    private final StateStore state;
    private final Lake lake;
    private final Analyzer analyzer;

    public Loading(Project project, StateStore state, Lake lake, Analyzer analyzer) {
        this.project = project;
        this.state = state;
        this.lake = lake;
        this.analyzer = analyzer;
    }

    /**
     * Loads what is asked for. Slices that fail are in the report; only what keeps the run as a whole from going on is thrown.
     *
     * @param stopped asked between groups of slices; true ends the run early, in order
     */
    public RunReport run(RunRequest request, List<String> arguments, RunListener listener, BooleanSupplier stopped) {
        List<Node> nodes = request.selection().of(project.dag()).stream()
                .filter(request::wants)
                .toList();
        request.scope()
                .require(nodes.stream()
                        .flatMap(node -> project.grid(node).stream())
                        .toList());
        return inRun("run", arguments, request.slots(), listener, (run, slots, heard) -> {
            state.sweep(project.environment());
            return slots.runner(heard, stopped).run(nodes, request);
        });
    }

    /**
     * Loads what is due, as it becomes due, and what is left of backfills, until it is asked to stop. What fails is told and left to
     * its retries.
     *
     * @param stopped asked all the time; true ends the work in order, once what is begun is finished
     */
    public RunReport work(WorkRequest request, List<String> arguments, RunListener listener, BooleanSupplier stopped) {
        return inRun("worker", arguments, request.slots(), listener, (run, slots, heard) -> {
            var worker = new Worker(project, state, request, run);
            return worker.work(() -> slots.runner(new ChangedOnly(heard), stopped), stopped);
        });
    }

    /** What loading a range of time in windows of another length would do; nothing is changed. */
    public RegridPlan planRegrid(Node node, Scope scope) {
        return new Regrid(project, state).plan(node, scope);
    }

    /** Loads a range of time in windows of another length, in one commit. */
    public RunReport regrid(RegridPlan plan, List<String> arguments, RunListener listener) {
        return inRun("regrid", arguments, 1, listener, (run, slots, heard) -> {
            long begin = System.nanoTime();
            heard.event(new RunEvent.NodeStarted(plan.node(), plan.coming().size()));
            NodeReport report = NodeReport.empty(plan.node());
            for (SliceOutcome outcome : slots.regrid(new Regrid(project, state), plan)) {
                report = report.plus(outcome);
                heard.event(new RunEvent.SliceEnded(plan.node(), outcome));
            }
            report = report.took(Duration.ofNanos(System.nanoTime() - begin));
            heard.event(new RunEvent.NodeEnded(plan.node(), report));
            state.audit(
                    project.environment(),
                    run,
                    "regrid",
                    plan.node().name().value(),
                    "%d windows".formatted(plan.leaving().size()),
                    "%d windows, %s".formatted(plan.coming().size(), plan.range()));
            return new RunReport(run, List.of(report), false, report.time());
        });
    }

    @FunctionalInterface
    private interface Work {
        RunReport done(RunId run, Slots slots, RunListener heard);
    }

    private RunReport inRun(String command, List<String> arguments, int count, RunListener listener, Work work) {
        RunId run = state.startRun(project.environment(), command, arguments, Owner.current());
        var known = new Session.Known();
        try (var temp = TempFolder.in(project.storage().resolve("tmp"));
                var log = RunLog.open(logFile(project, run), run);
                var slots = Slots.open(count, temp.path(), spill -> session(run, spill, count, known))) {
            RunReport report = work.done(run, slots, log.and(listener));
            state.endRun(run, report.exitCode() == 0 ? "done" : "failed", report.exitCode());
            return report;
        } catch (PipelineException e) {
            state.endRun(run, e.code() + " " + e.message(), e.code().exitCode());
            throw e;
        } catch (RuntimeException e) {
            state.endRun(run, ErrorCode.INTERNAL + " " + e, ErrorCode.INTERNAL.exitCode());
            throw e;
        }
    }

    private Session session(RunId run, Path spill, int count, Session.Known known) {
        DuckDb duck = DuckDb.open(limits(project, spill, count));
        return new Session(project, state, lake, duck, new ModelInputs(project, state, lake, analyzer), run, known);
    }

    /** The limits of a session that has a project's process for itself. */
    static DuckDb.Limits limits(Project project, Path temp) {
        return limits(project, temp, 1);
    }

    /** The limits of each of several sessions that share a project's process. */
    static DuckDb.Limits limits(Project project, Path temp, int slots) {
        ByteSize memory = project.settings().defaults().memory();
        int set = project.settings().defaults().threads();
        int threads = set == 0 ? Runtime.getRuntime().availableProcessors() : set;
        return new DuckDb.Limits(memory.bytes() / slots, Math.max(1, threads / slots), temp, MOST_SPILLED);
    }

    /** Where the log of a run lies: one JSON object a line. */
    public static Path logFile(Project project, RunId run) {
        return project.storage().resolve("logs").resolve(run.value() + ".ndjson");
    }
}
