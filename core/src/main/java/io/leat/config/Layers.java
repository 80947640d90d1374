package io.leat.config;

import io.leat.config.Node.Entry;
import io.leat.config.Node.Form;
import io.leat.config.Node.Mapping;
import io.leat.config.Node.Scalar;
import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The layers of a project's configuration, later ones winning key by key: {@code leat.yaml}, {@code
 * config/<environment>.yaml}, {@code .env} and environment variables ({@code LEAT_DEFAULTS__MEMORY=4GB}; two underscores
 * go one level down), overrides from the command line ({@code defaults.memory=4GB}). The program's defaults stand in the
 * shapes. Every value keeps the place where it was written.
 */
public final class Layers {

    private static final String PREFIX = "LEAT_";
    private static final String DEEPER = "__";

    private final Path root;
    private final Map<String, Located<String>> variables;
    private final References references;

    private Layers(Path root, Map<String, Located<String>> variables, References references) {
        this.root = root;
        this.variables = variables;
        this.references = references;
    }

    /**
     * Reads {@code .env}; a variable of the process wins over it. Secrets come from both, then from files in the folder
     * that LEAT_SECRETS_DIR names, or {@code /run/secrets}.
     */
    public static Layers open(Path root, Map<String, String> environment, Problems problems) {
        var variables =
                new TreeMap<String, Located<String>>(DotEnv.read(root.resolve(".env"), Path.of(".env"), problems));
        environment.forEach((name, value) -> variables.put(
                name, new Located<>(value, Mark.whole(SourceText.named("environment variable " + name)))));
        var plain = new TreeMap<String, String>();
        variables.forEach((name, value) -> plain.put(name, value.value()));
        var folder = Path.of(plain.getOrDefault("LEAT_SECRETS_DIR", "/run/secrets"));
        var secrets = SecretProvider.first(
                List.of(SecretProvider.variables(plain), SecretProvider.folder(root.resolve(folder))));
        return new Layers(root, variables, new References(plain, secrets));
    }

    /**
     * The settings of the project, merged and with references filled in.
     *
     * @param keys the top-level keys of {@code leat.yaml}: an environment variable counts if it begins with one
     * @param overrides keys with dots, and values as on a command line
     * @return empty if {@code leat.yaml} cannot be read at all
     */
    public Optional<Mapping> settings(
            EnvironmentName environment, Map<String, String> overrides, List<String> keys, Problems problems) {
        Optional<Mapping> base = mapping("leat.yaml", problems);
        if (base.isEmpty()) {
            return base;
        }
        Mapping merged = base.get();
        String layer = "config/" + environment + ".yaml";
        if (Files.exists(root.resolve(layer))) {
            merged = mapping(layer, problems).map(merge(merged)).orElse(merged);
        }
        for (var variable : variables.entrySet()) {
            Optional<List<String>> path =
                    pathOf(variable.getKey(), variable.getValue().mark(), keys, problems);
            if (path.isPresent()) {
                merged = put(merged, path.get(), variable.getValue(), problems);
            }
        }
        for (var override : overrides.entrySet()) {
            Mark mark = Mark.whole(SourceText.named("option " + override.getKey() + " of the command line"));
            merged = put(
                    merged,
                    Arrays.asList(override.getKey().split("\\.", -1)),
                    new Located<>(override.getValue(), mark),
                    problems);
        }
        return Optional.of(references.fillMapping(merged, problems));
    }

    /**
     * Reads a YAML file of the project and fills in references.
     *
     * @param path relative to the root of the project; problems name it
     * @return empty if it cannot be read; problems may be added in either case
     */
    public Optional<Node> file(String path, Problems problems) {
        return Yaml.read(root.resolve(path), Path.of(path), problems).map(node -> references.fill(node, problems));
    }

    /** Merges two mappings: mappings key by key, everything else is replaced by the upper layer. */
    public static Mapping merge(Mapping lower, Mapping upper) {
        Mapping merged = lower;
        for (Entry entry : upper.entries()) {
            Entry winner = entry;
            if (entry.value() instanceof Mapping above
                    && lower.find(entry.key().text()).orElse(above) instanceof Mapping below
                    && !below.equals(above)) {
                winner = new Entry(entry.key(), merge(below, above));
            }
            merged = merged.with(winner);
        }
        return merged;
    }

    private static Function<Mapping, Mapping> merge(Mapping lower) {
        return upper -> merge(lower, upper);
    }

    private Optional<Mapping> mapping(String path, Problems problems) {
        return Yaml.read(root.resolve(path), Path.of(path), problems).flatMap(node -> {
            if (node instanceof Mapping mapping) {
                return Optional.of(mapping);
            }
            if (node instanceof Scalar scalar && scalar.isNull()) {
                return Optional.of(new Mapping(node.mark(), List.of()));
            }
            problems.add(new Problem(ErrorCode.WRONG_VALUE, node.mark(), node.found() + " cannot stand here")
                    .expecting("keys with values"));
            return Optional.empty();
        });
    }

    /** The path that an environment variable names; empty if the variable is not meant for the configuration. */
    private static Optional<List<String>> pathOf(String name, Mark mark, List<String> keys, Problems problems) {
        if (!name.toUpperCase(Locale.ROOT).startsWith(PREFIX)) {
            return Optional.empty();
        }
        String rest = name.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
        List<String> path = Arrays.asList(rest.split(DEEPER, -1));
        if (keys.contains(path.getFirst())) {
            return Optional.of(path);
        }
        if (path.size() > 1) {
            problems.add(new Problem(
                            ErrorCode.UNKNOWN_KEY,
                            mark,
                            name + " names the key '" + path.getFirst() + "', which is not known")
                    .expecting("LEAT_ and one of " + String.join(", ", keys).toUpperCase(Locale.ROOT))
                    .didYouMean(path.getFirst(), keys));
        }
        return Optional.empty();
    }

    private static Mapping put(Mapping lower, List<String> path, Located<String> value, Problems problems) {
        String wanted = path.getFirst();
        String key = lower.entries().stream()
                .map(entry -> entry.key().text())
                .filter(wanted::equalsIgnoreCase)
                .findFirst()
                .orElse(wanted);
        Scalar keyNode = new Scalar(value.mark(), key, Form.QUOTED);
        if (path.size() == 1) {
            return lower.with(new Entry(keyNode, valueNode(value, problems)));
        }
        Mapping inner = lower.find(key).orElse(null) instanceof Mapping found
                ? found
                : new Mapping(value.mark(), new ArrayList<>());
        return lower.with(new Entry(keyNode, put(inner, path.subList(1, path.size()), value, problems)));
    }

    /** A value that looks like a YAML list or mapping is one; anything else is text that may stand for whatever is wanted. */
    private static Node valueNode(Located<String> value, Problems problems) {
        String text = value.value().strip();
        if (text.startsWith("[") || text.startsWith("{")) {
            return Yaml.parse(text, value.mark().source(), problems)
                    .orElseGet(() -> new Scalar(value.mark(), text, Form.FREE));
        }
        return new Scalar(value.mark(), value.value(), Form.FREE);
    }
}
