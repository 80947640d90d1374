package io.leat.run;

import io.leat.config.ByteSize;
import io.leat.lake.DuckDb;
import io.leat.lake.Lake;
import io.leat.model.Analyzer;
import io.leat.name.PipelineException;
import io.leat.name.RunId;
import io.leat.project.Node;
import io.leat.project.Project;
import io.leat.source.Copies;
import io.leat.state.Owner;
import io.leat.state.StateStore;
import io.leat.storage.LocalStore;
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
                var duck = DuckDb.open(limits(project, temp.path()))) {
            var models = new ModelInputs(project, state, lake, analyzer);
            var session = new Session(project, state, lake, duck, models, run);
            var copies = new Copies(temp.path().resolve("copies"));
            LocalStore.createFolders(copies.folder());
            var runner = new Runner(session, node -> loader(session, node, copies), log.and(listener), stopped);
            RunReport report = runner.run(nodes, request.selection(), request.scope());
            state.endRun(run, report.exitCode() == 0 ? "done" : "failed", report.exitCode());
            return report;
        } catch (PipelineException e) {
            state.endRun(run, e.code() + " " + e.message(), e.code().exitCode());
            throw e;
        }
    }

    private static SliceLoader loader(Session session, Node node, Copies copies) {
        return session.project()
                .pipeline(node)
                .<SliceLoader>map(pipeline -> pipeline.window().isPresent()
                        ? new WindowLoader(session, node, pipeline, copies)
                        : new PipelineLoader(session, node, pipeline, copies))
                .orElseGet(() -> new ModelLoader(
                        session, node, session.project().model(node).orElseThrow()));
    }

    /** The limits of a session in a project's process. */
    static DuckDb.Limits limits(Project project, Path temp) {
        ByteSize memory = project.settings().defaults().memory();
        int threads = project.settings().defaults().threads();
        return new DuckDb.Limits(
                memory.bytes(),
                threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
                temp,
                MOST_SPILLED);
    }

    /** Where the log of a run lies: one JSON object a line. */
    public static Path logFile(Project project, RunId run) {
        return project.storage().resolve("logs").resolve(run.value() + ".ndjson");
    }
}
