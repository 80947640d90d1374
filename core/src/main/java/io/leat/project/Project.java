package io.leat.project;

import io.leat.model.Model;
import io.leat.model.ModelKind;
import io.leat.name.EnvironmentName;
import io.leat.name.TableName;
import io.leat.time.Grid;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A project folder, read once and validated: immutable. {@link ProjectLoader} makes it.
 *
 * @param root the folder, absolute
 * @param environment the environment in which commands work
 * @param recordKeys those that jars of the project compute, by name
 * @param plugins what the jars of the project bring
 */
public record Project(
        Path root,
        EnvironmentName environment,
        Settings settings,
        List<Pipeline> pipelines,
        List<Model> models,
        Dag dag,
        Map<String, RecordKey> recordKeys,
        Plugins plugins)
        implements AutoCloseable {

    public Project {
        pipelines = List.copyOf(pipelines);
        models = List.copyOf(models);
        recordKeys = Map.copyOf(recordKeys);
    }

    /** Lets go of the jars of the project. */
    @Override
    public void close() {
        plugins.close();
    }

    /** The folder of the lake. */
    public Path storage() {
        return root.resolve(settings.storage()).normalize();
    }

    /** Where the state store is; a file as an absolute path. */
    public StatePlace state() {
        return switch (settings.state()) {
            case StatePlace.InFile(Path file) ->
                new StatePlace.InFile(root.resolve(file).normalize());
            case StatePlace.InPostgres postgres -> postgres;
        };
    }

    public Optional<Pipeline> pipeline(Node node) {
        return pipelines.stream()
                .filter(pipeline -> pipeline.name().equals(node.name()))
                .findFirst();
    }

    public Optional<Model> model(Node node) {
        return models.stream()
                .filter(model -> node.kind() == Node.Kind.MODEL
                        && node.table().filter(model.name()::equals).isPresent())
                .findFirst();
    }

    /** Whether the table is made of changes: then a load of any window may change any of its rows. */
    public boolean isFolded(TableName table) {
        return pipelines.stream()
                .anyMatch(pipeline ->
                        pipeline.target().inLake().filter(table::equals).isPresent()
                                && pipeline.target().fold().isPresent());
    }

    /** The windows of a node as the files have them; empty if it is loaded as a whole. The state knows what they were before. */
    public Optional<Grid> grid(Node node) {
        return pipeline(node)
                .flatMap(Pipeline::window)
                .map(WindowSpec::grid)
                .or(() -> model(node).flatMap(Project::grid));
    }

    /** The calendar of an incremental model: it can name windows, but where they begin its inputs may say. */
    private static Optional<Grid> grid(Model model) {
        return model.kind() instanceof ModelKind.Incremental
                ? Optional.of(
                        Grid.of(model.every(), ZoneOffset.UTC, model.start().orElse(Instant.EPOCH)))
                : Optional.empty();
    }
}
