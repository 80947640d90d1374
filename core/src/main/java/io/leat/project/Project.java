package io.leat.project;

import io.leat.model.Model;
import io.leat.model.ModelKind;
import io.leat.name.EnvironmentName;
import io.leat.time.Grid;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * A project folder, read once and validated: immutable. {@link ProjectLoader} makes it.
 *
 * @param root the folder, absolute
 * @param environment the environment in which commands work
 */
public record Project(
        Path root,
        EnvironmentName environment,
        Settings settings,
        List<Pipeline> pipelines,
        List<Model> models,
        Dag dag) {

    public Project {
        pipelines = List.copyOf(pipelines);
        models = List.copyOf(models);
    }

    /** The folder of the lake. */
    public Path storage() {
        return root.resolve(settings.storage()).normalize();
    }

    /** The file of the state store. */
    public Path state() {
        return root.resolve(settings.state()).normalize();
    }

    public Optional<Pipeline> pipeline(Node node) {
        return pipelines.stream()
                .filter(pipeline -> pipeline.name().equals(node.name()))
                .findFirst();
    }

    public Optional<Model> model(Node node) {
        return models.stream()
                .filter(model -> node.kind() == Node.Kind.MODEL && model.name().equals(node.table()))
                .findFirst();
    }

    /** The windows of a node; empty if it is loaded as a whole. */
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
