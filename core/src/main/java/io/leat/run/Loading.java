package io.leat.run;

import io.leat.config.ByteSize;
import io.leat.lake.DuckDb;
import io.leat.lake.Lake;
import io.leat.model.Analyzer;
import io.leat.name.PipelineException;
import io.leat.name.RunId;
import io.leat.project.Node;
import io.leat.project.Project;
import io.leat.state.Owner;
import io.leat.state.StateStore;
import java.nio.file.Path;
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
     * Loads what is due. Slices that fail are in the report; only what keeps the run as a whole from going on is thrown.
     *
     * @param stopped asked between groups of slices; true ends the run early, in order
     */
    public RunReport run(RunRequest request, List<String> arguments, RunListener listener, BooleanSupplier stopped) {
        List<Node> nodes = request.selection().of(project.dag()).stream()
                .filter(request::wants)
                .toList();
        RunId run = state.startRun(project.environment(), "run", arguments, Owner.current());
        state.sweep(project.environment());
        try (var temp = TempFolder.in(project.storage().resolve("tmp"));
                var log = RunLog.open(logFile(project, run), run);
                var slots = new Slots(project, state, lake, analyzer, temp.path())) {
            RunReport report = slots.runner(run, request.slots(), log.and(listener), stopped)
                    .run(nodes, request);
            state.endRun(run, report.exitCode() == 0 ? "done" : "failed", report.exitCode());
            return report;
        } catch (PipelineException e) {
            state.endRun(run, e.code() + " " + e.message(), e.code().exitCode());
            throw e;
        }
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
