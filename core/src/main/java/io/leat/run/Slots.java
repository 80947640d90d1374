package io.leat.run;

import io.leat.lake.DuckDb;
import io.leat.lake.Lake;
import io.leat.model.Analyzer;
import io.leat.name.RunId;
import io.leat.project.Node;
import io.leat.project.Project;
import io.leat.source.Copies;
import io.leat.state.StateStore;
import io.leat.storage.LocalStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The slots of one process: each has a query session of its own, and an equal share of memory and threads. */
final class Slots implements AutoCloseable {

    private final Project project;
    private final StateStore state;
    private final Lake lake;
    private final Analyzer analyzer;
    private final Path temp;
    private final List<DuckDb> sessions = new ArrayList<>();

    Slots(Project project, StateStore state, Lake lake, Analyzer analyzer, Path temp) {
        this.project = project;
        this.state = state;
        this.lake = lake;
        this.analyzer = analyzer;
        this.temp = temp;
    }

    /** A runner with so many slots; it lives as long as these. */
    Runner runner(RunId run, int count, RunListener listener, BooleanSupplier stopped) {
        List<Session> opened = new ArrayList<>();
        for (int slot = 0; slot < count; slot++) {
            Path folder = temp.resolve("slot-" + slot);
            LocalStore.createFolders(folder);
            DuckDb duck = DuckDb.open(Loading.limits(project, folder, count));
            sessions.add(duck);
            opened.add(new Session(project, state, lake, duck, new ModelInputs(project, state, lake, analyzer), run));
        }
        var copies = new Copies(temp.resolve("copies"));
        LocalStore.createFolders(copies.folder());
        List<Slot> slots = opened.stream()
                .map(session -> new Slot(session, node -> loader(session, node, copies)))
                .toList();
        return new Runner(slots, opened.getFirst(), listener, stopped);
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

    @Override
    public void close() {
        sessions.reversed().forEach(DuckDb::close);
    }
}
