package io.leat.run;

import io.leat.lake.DuckDb;
import io.leat.lake.Lake;
import io.leat.model.Analyzer;
import io.leat.name.RunId;
import io.leat.project.Node;
import io.leat.project.Pipeline;
import io.leat.project.Place;
import io.leat.project.Project;
import io.leat.project.ProjectLoader;
import io.leat.source.Copies;
import io.leat.state.Claimant;
import io.leat.state.Owner;
import io.leat.state.SqliteState;
import io.leat.state.StateStore;
import io.leat.time.Grid;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The first pipeline of a project as a run finds it, at a time that the test chooses: asked what is due, but loading nothing. */
final class PlannedPipeline implements AutoCloseable {

    /** What a test opens once. */
    record Engine(Path root, Analyzer analyzer, DuckDb duck) implements AutoCloseable {
        static Engine in(Path root) {
            Path temp = root.resolve("temp");
            return new Engine(root, Analyzer.open(temp), DuckDb.open(new DuckDb.Limits(256L << 20, 1, temp, 1L << 30)));
        }

        @Override
        public void close() {
            duck.close();
            analyzer.close();
        }
    }

    private final Engine engine;
    private final Project project;
    final StateStore state;
    final Session session;
    final Pipeline pipeline;
    final WindowLoader loader;
    final RunId run;

    private PlannedPipeline(Engine engine, Project project, StateStore state) {
        this.engine = engine;
        this.project = project;
        this.state = state;
        Lake lake = Lake.open(project.storage(), state);
        this.run = state.startRun(project.environment(), "run", List.of(), Owner.current());
        this.session = new Session(
                project,
                state,
                lake,
                engine.duck(),
                new ModelInputs(project, state, lake, engine.analyzer()),
                run,
                new Session.Known());
        Node node = project.dag().nodes().getFirst();
        this.pipeline = project.pipeline(node).orElseThrow();
        this.loader = loader(node);
    }

    /** Of any pipeline of the project. */
    WindowLoader loader(Node node) {
        return new WindowLoader(
                session,
                node,
                project.pipeline(node).orElseThrow(),
                new Copies(engine.root().resolve("copies")));
    }

    /** Opens it with its store's clock at an instant. Its grid is settled, as by a run. */
    static PlannedPipeline at(Engine engine, Instant now) {
        var place = new Place(engine.root(), "test", Map.of(), Map.of());
        Project project = ProjectLoader.load(place, engine.analyzer());
        StateStore state = SqliteState.open(engine.root().resolve("state.db"), Duration.between(Instant.now(), now));
        return new PlannedPipeline(engine, project, state);
    }

    Grid grid() {
        return loader.grid().orElseThrow();
    }

    /** What is due, in the order in which it would be loaded. */
    List<DueSlice> due(DueRequest request) {
        Due due = loader.due(request);
        List<DueSlice> slices = new ArrayList<>();
        due.slices().forEachRemaining(slices::add);
        if (due.count() < slices.size() || (due.count() == 0) != slices.isEmpty()) {
            throw new AssertionError("%d were announced, %d came".formatted(due.count(), slices.size()));
        }
        return slices;
    }

    Claimant claimant() {
        return new Claimant(Owner.current(), run, Duration.ofDays(3650));
    }

    @Override
    public void close() {
        project.close();
        state.close();
    }
}
