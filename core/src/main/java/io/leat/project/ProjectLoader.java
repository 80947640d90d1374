package io.leat.project;

import io.leat.config.Layers;
import io.leat.config.Mark;
import io.leat.config.Node.Mapping;
import io.leat.config.Problem;
import io.leat.config.Problems;
import io.leat.config.UnreadablePath;
import io.leat.connection.ConnectionSpec;
import io.leat.model.Analyzer;
import io.leat.model.Model;
import io.leat.model.ModelGraph;
import io.leat.model.Models;
import io.leat.model.Variables;
import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.PipelineName;
import io.leat.name.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads a project folder into a {@link Project}, or throws every problem in it at once. */
public final class ProjectLoader {

    private static final String PIPELINES = "pipelines";

    private final Place place;
    private final Analyzer analyzer;
    private final Problems problems = new Problems();

    private ProjectLoader(Place place, Analyzer analyzer) {
        this.place = place;
        this.analyzer = analyzer;
    }

    /**
     * Reads and validates the project.
     *
     * @throws io.leat.config.ProblemsException with all problems, if there are any
     */
    public static Project load(Place place, Analyzer analyzer) {
        return new ProjectLoader(place, analyzer).load();
    }

    private Project load() {
        if (!Files.isRegularFile(place.root().resolve(Place.FILE))) {
            throw new PipelineException(ErrorCode.NO_PROJECT, "there is no leat.yaml in " + place.root())
                    .withHint("go to a project's folder, name one with --project, or make one with `leat init`");
        }
        EnvironmentName environment = environment();
        Layers layers = Layers.open(place.root(), place.variables(), problems);
        EnvironmentName layer = new EnvironmentName(place.environment());
        Optional<Mapping> written = layers.settings(layer, place.overrides(), Settings.SHAPE.keyNames(), problems);
        Optional<Settings> settings = written.flatMap(node -> Settings.SHAPE.read(node, problems));
        settings.ifPresent(found -> requireEnvironment(found, written.orElseThrow()));
        // also where leat.yaml is wrong: everything that is wrong is told at once
        Optional<Settings> readable = settings.or(() -> written.map(Settings::readable));
        List<Located> pipelines = pipelines(
                layers, readable.map(found -> found.defaults().timezone()).orElse(ZoneOffset.UTC));
        List<Model> models = readable.map(
                        found -> Models.read(place.root(), Variables.of(found.variables()), analyzer, problems))
                .orElse(List.of());
        Map<TableName, Mark> tables = new LinkedHashMap<>();
        pipelines.forEach(
                each -> each.pipeline().target().inLake().ifPresent(table -> tables.putIfAbsent(table, each.mark())));
        settings.ifPresent(found -> requireConnections(pipelines, found.connections()));
        ModelGraph graph = ModelGraph.of(models, tables, problems);
        requireDistinct(pipelines, models);
        if (problems.isEmpty()) {
            requireLookups(pipelines, graph, tables);
        }
        Map<Pipeline, Mark> marks = new LinkedHashMap<>();
        pipelines.forEach(each -> marks.put(each.pipeline(), each.mark()));
        FoldedTables.check(marks, models, problems);
        List<Pipeline> read = pipelines.stream().map(Located::pipeline).toList();
        List<Node> nodes = nodes(read, graph);
        analyzer.lend(duckDb -> Rehearsals.hold(inOrder(read, nodes), duckDb, problems));
        Plugins plugins = Plugins.in(place.root());
        Map<String, RecordKey> recordKeys = recordKeys(pipelines, plugins);
        problems.throwIfAny();
        return new Project(
                place.root(), environment, settings.orElseThrow(), read, models, new Dag(nodes), recordKeys, plugins);
    }

    private static List<Pipeline> inOrder(List<Pipeline> pipelines, List<Node> nodes) {
        List<PipelineName> order = nodes.stream().map(Node::name).toList();
        return pipelines.stream()
                .sorted(Comparator.comparingInt(pipeline -> order.indexOf(pipeline.name())))
                .toList();
    }

    /** A pipeline and where its file begins. */
    private record Located(Pipeline pipeline, Mark mark) {}

    private EnvironmentName environment() {
        try {
            return place.environmentName();
        } catch (IllegalArgumentException e) {
            throw new PipelineException(
                            ErrorCode.BAD_ARGUMENT,
                            "'" + place.environment() + "' is not the name of an environment",
                            e)
                    .withHint(String.valueOf(e.getMessage()));
        }
    }

    private void requireEnvironment(Settings settings, Mapping written) {
        List<String> known = settings.environments();
        if (!known.isEmpty()
                && !known.contains(place.environment())
                && !place.environment().equals(Place.OWN)) {
            problems.add(new Problem(
                            ErrorCode.UNKNOWN_NAME,
                            written.entry("environments")
                                    .map(entry -> entry.key().mark())
                                    .orElse(written.mark()),
                            "there is no environment '" + place.environment() + "'")
                    .expecting("one of " + String.join(", ", known))
                    .didYouMean(place.environment(), known));
        }
    }

    private List<Located> pipelines(Layers layers, ZoneId zone) {
        List<Located> found = new ArrayList<>();
        for (String path : pipelineFiles()) {
            layers.file(path, problems)
                    .flatMap(node -> Pipeline.shape(zone, path, fingerprint(node, zone))
                            .read(node, problems)
                            .map(pipeline -> new Located(pipeline, markOf(node))))
                    .ifPresent(found::add);
        }
        return found;
    }

    private static String fingerprint(io.leat.config.Node node, ZoneId zone) {
        return node instanceof Mapping mapping ? PipelineFingerprint.of(mapping, zone) : "";
    }

    private static Mark markOf(io.leat.config.Node node) {
        return node instanceof Mapping mapping
                ? mapping.find("pipeline").map(io.leat.config.Node::mark).orElse(node.mark())
                : node.mark();
    }

    private List<String> pipelineFiles() {
        Path folder = place.root().resolve(PIPELINES);
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file) || UnreadablePath.leadsNowhere(file))
                    .map(file -> place.root().relativize(file).toString().replace('\\', '/'))
                    .filter(path -> path.endsWith(".yaml") || path.endsWith(".yml"))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            problems.add(UnreadablePath.problem(folder, Path.of(PIPELINES), e));
            return List.of();
        }
    }

    private void requireDistinct(List<Located> pipelines, List<Model> models) {
        Map<PipelineName, Mark> names = new HashMap<>();
        models.forEach(model -> names.put(new PipelineName(model.name().toString()), model.mark()));
        for (Located each : pipelines) {
            Mark other = names.putIfAbsent(each.pipeline().name(), each.mark());
            if (other != null) {
                problems.add(new Problem(
                        ErrorCode.DUPLICATE_NAME,
                        each.mark(),
                        "the name " + each.pipeline().name() + " is used twice: here and at " + other));
            }
        }
    }

    private void requireConnections(List<Located> pipelines, Map<String, ConnectionSpec> connections) {
        for (Located each : pipelines) {
            each.pipeline().target().connection().ifPresent(name -> {
                if (!connections.containsKey(name.value())) {
                    problems.add(UnknownConnection.problem(name, connections.keySet()));
                }
            });
        }
    }

    /** Tables of the lake that pipelines look things up in have to be filled by somebody; in a project without other problems. */
    private void requireLookups(List<Located> pipelines, ModelGraph graph, Map<TableName, Mark> tables) {
        for (Located each : pipelines) {
            for (var lookup : each.pipeline().lookups()) {
                if (!tables.containsKey(lookup.value())
                        && graph.model(lookup.value()).isEmpty()) {
                    List<String> known = Stream.concat(
                                    tables.keySet().stream(),
                                    graph.order().stream().map(Model::name))
                            .map(TableName::toString)
                            .toList();
                    problems.add(new Problem(
                                    ErrorCode.UNKNOWN_NAME,
                                    lookup.mark(),
                                    "nothing fills the table " + lookup.value() + ": no pipeline and no model")
                            .didYouMean(lookup.value().toString(), known));
                }
            }
        }
    }

    /** The keys that jars compute, if any pipeline uses one. */
    private Map<String, RecordKey> recordKeys(List<Located> pipelines, Plugins plugins) {
        var used = pipelines.stream()
                .flatMap(each -> each.pipeline().execution().keys().values().stream())
                .flatMap(key ->
                        key.source() instanceof KeySpec.Source.Plugin(var name) ? Stream.of(name) : Stream.empty())
                .toList();
        Map<String, RecordKey> known = new LinkedHashMap<>();
        if (!used.isEmpty()) {
            plugins.all(RecordKey.class).forEach(key -> known.putIfAbsent(key.name(), key));
        }
        for (var name : used) {
            if (!known.containsKey(name.value())) {
                problems.add(new Problem(
                                ErrorCode.UNKNOWN_NAME,
                                name.mark(),
                                "no jar in " + Plugins.FOLDER + "/ has a record key '" + name.value() + "'")
                        .didYouMean(name.value(), known.keySet()));
            }
        }
        return known;
    }

    /** Pipelines by name, each after the tables that it looks things up in; models in their own order; ties by name. */
    private static List<Node> nodes(List<Pipeline> pipelines, ModelGraph graph) {
        Map<String, Node> waiting = new TreeMap<>();
        for (Pipeline pipeline : pipelines) {
            waiting.put(pipeline.name().value(), pipeline.node());
        }
        for (Model model : graph.order()) {
            waiting.put(model.name().toString(), node(model));
        }
        List<Node> ordered = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Set<TableName> unfilled = new HashSet<>();
            waiting.values().forEach(node -> node.table().ifPresent(unfilled::add));
            Node next = waiting.values().stream()
                    .filter(node -> node.reads().stream().noneMatch(unfilled::contains))
                    .min(Comparator.comparing((Node node) -> node.kind())
                            .thenComparing(node -> node.name().value()))
                    .orElseGet(() -> waiting.values().iterator().next());
            ordered.add(next);
            waiting.remove(next.name().value());
        }
        return ordered;
    }

    private static Node node(Model model) {
        return new Node(
                new PipelineName(model.name().toString()),
                model.name().toString(),
                Optional.of(model.name()),
                model.dependencies(),
                model.about().tags(),
                model.mark().source().name(),
                Node.Kind.MODEL);
    }
}
