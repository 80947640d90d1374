package io.leat;

import io.leat.connection.PostgresConnection;
import io.leat.lake.Lake;
import io.leat.model.Analyzer;
import io.leat.model.Model;
import io.leat.name.PipelineName;
import io.leat.project.Node;
import io.leat.project.Place;
import io.leat.project.Project;
import io.leat.project.ProjectLoader;
import io.leat.project.StatePlace;
import io.leat.run.Backfills;
import io.leat.run.Chores;
import io.leat.run.Console;
import io.leat.run.Drafting;
import io.leat.run.Grids;
import io.leat.run.Interventions;
import io.leat.run.Loading;
import io.leat.run.ModelColumns;
import io.leat.run.RegridPlan;
import io.leat.run.Report;
import io.leat.run.RunListener;
import io.leat.run.RunReport;
import io.leat.run.RunRequest;
import io.leat.run.Scope;
import io.leat.run.Why;
import io.leat.run.WorkRequest;
import io.leat.schema.Contract;
import io.leat.source.Draft;
import io.leat.state.PostgresState;
import io.leat.state.SqliteState;
import io.leat.state.StateKeeper;
import io.leat.state.StateReader;
import io.leat.state.StateStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Leat for a project: opened from its folder, used by one thread at a time, closed when done.
 *
 * <pre>{@code
 * try (Leat leat = Leat.open(new Place(Path.of("sales"), "dev", System.getenv(), Map.of()))) {
 *     RunReport report = leat.run(RunRequest.EVERYTHING, RunListener.SILENT);
 * }
 * }</pre>
 */
public final class Leat implements AutoCloseable {

    /** The name of a system property by which tests set the store's clock ahead, as {@code PT24H}. */
    public static final String CLOCK_OFFSET = "leat.clock.offset";

    private final Project project;
    private final Analyzer analyzer;
    private final StateStore state;
    private final Lake lake;

    private Leat(Project project, Analyzer analyzer, StateStore state, Lake lake) {
        this.project = project;
        this.analyzer = analyzer;
        this.state = state;
        this.lake = lake;
    }

    /**
     * Reads the project and opens its state and lake, which are made if they are not there yet.
     *
     * @throws io.leat.config.ProblemsException with every problem of the project
     */
    public static Leat open(Place place) {
        return open(place, Lake::open);
    }

    /** The same, but the lake belongs to the project's state store from then on, whichever it belonged to. */
    public static Leat adopt(Place place) {
        return open(place, Lake::adopt);
    }

    private interface LakeOpening {
        Lake open(Path root, StateStore state);
    }

    private static Leat open(Place place, LakeOpening opening) {
        Analyzer analyzer = Analyzer.open(temp());
        try {
            Project project = ProjectLoader.load(place, analyzer);
            StateStore state = openState(project);
            try {
                return new Leat(project, analyzer, state, opening.open(project.storage(), state));
            } catch (RuntimeException e) {
                state.close();
                throw e;
            }
        } catch (RuntimeException e) {
            analyzer.close();
            throw e;
        }
    }

    /** The state store of a project alone, to be closed; it is made if it is not there yet. */
    public static StateStore openState(Project project) {
        return switch (project.state()) {
            case StatePlace.InFile(Path file) -> SqliteState.open(file, clockOffset());
            case StatePlace.InPostgres(PostgresConnection connection) -> PostgresState.open(connection, clockOffset());
        };
    }

    /** Whoever looks after the state store of a project, to be closed; the store is made if it is not there yet. */
    public static StateKeeper stateKeeper(Project project) {
        return switch (project.state()) {
            case StatePlace.InFile(Path file) -> SqliteState.keeper(file, clockOffset());
            case StatePlace.InPostgres(PostgresConnection connection) ->
                PostgresState.keeper(connection, clockOffset());
        };
    }

    private static Duration clockOffset() {
        return Duration.parse(System.getProperty(CLOCK_OFFSET, "PT0S"));
    }

    /** Reads and validates a project without touching its state and lake. */
    public static Project validate(Place place) {
        try (Analyzer analyzer = Analyzer.open(temp())) {
            return ProjectLoader.load(place, analyzer);
        }
    }

    /**
     * Drafts pipelines for files that nobody has described yet, without touching the project's state and lake. Nothing is written:
     * {@link Draft#writeTo} does that.
     *
     * @param name for the only draft that the files make; empty: from the files' names
     */
    public static List<Draft> draft(Place place, List<Path> files, Optional<PipelineName> name) {
        return Drafting.of(validate(place), files, name);
    }

    private static Path temp() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    public Project project() {
        return project;
    }

    /** Records, ledger, runs, catalog: for whoever only looks. */
    public StateReader state() {
        return state;
    }

    public Lake lake() {
        return lake;
    }

    /** Loads what is due. */
    public RunReport run(RunRequest request, RunListener listener) {
        return run(request, List.of(), listener, () -> false);
    }

    /** Loads what is due until the supplier says stop; the arguments are kept with the run. */
    public RunReport run(RunRequest request, List<String> arguments, RunListener listener, BooleanSupplier stopped) {
        return new Loading(project, state, lake, analyzer).run(request, arguments, listener, stopped);
    }

    /** Loads what is due as it becomes due, and what is left of backfills, until the supplier says stop. */
    public RunReport work(WorkRequest request, List<String> arguments, RunListener listener, BooleanSupplier stopped) {
        return new Loading(project, state, lake, analyzer).work(request, arguments, listener, stopped);
    }

    /** What loading a range of time anew in the windows that the pipeline's file has now would do; nothing is changed. */
    public RegridPlan planRegrid(Node node, Scope scope) {
        return new Loading(project, state, lake, analyzer).planRegrid(node, scope);
    }

    /** Loads a range of time anew in other windows, in one commit. */
    public RunReport regrid(RegridPlan plan, List<String> arguments, RunListener listener) {
        return new Loading(project, state, lake, analyzer).regrid(plan, arguments, listener);
    }

    /** The story of a record by its name, {@code pipeline@label}. */
    public Why why(String record) {
        return Why.of(record, project, state);
    }

    /** A query over the tables of the environment, to be closed. */
    public Console query(String sql) {
        return Console.open(sql, project, state, lake, analyzer);
    }

    /** What the environment did since an instant, and how it stands. */
    public Report report(Instant since) {
        return Report.of(project, state, since);
    }

    /** Fills windows, and loads what is there again. */
    public Backfills backfills() {
        return new Backfills(project, state, lake, analyzer);
    }

    /** What a person does to records by hand: retry, cancel, release, restore. */
    public Interventions interventions() {
        return new Interventions(project, state);
    }

    /** The windows of pipelines and models. */
    public Grids grids() {
        return new Grids(project, state);
    }

    /** What an operator does now and then: maintain, recover, relocate the lake. */
    public Chores chores() {
        return new Chores(project, state, lake);
    }

    /** The columns that a model's query gives; empty while something that it reads has never been loaded. */
    public Optional<Contract> columns(Model model) {
        return ModelColumns.of(model, project, state, lake, analyzer);
    }

    @Override
    public void close() {
        try (analyzer;
                project) {
            state.close();
        }
    }
}
