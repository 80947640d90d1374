package io.leat.config;

import io.leat.config.Node.Mapping;
import io.leat.config.Node.Scalar;
import io.leat.name.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A mapping in which the value of one key says which other keys there are. */
final class TypedShape<T> extends Shape<T> {

    private final String name;
    private final String key;
    private final Map<String, ObjectShape<? extends T>> kinds;

    TypedShape(String name, String key, Map<String, ObjectShape<? extends T>> kinds) {
        this.name = name;
        this.key = key;
        this.kinds = new LinkedHashMap<>(kinds);
    }

    String key() {
        return key;
    }

    Map<String, ObjectShape<? extends T>> kinds() {
        return kinds;
    }

    @Override
    public Optional<T> read(Node node, Problems problems) {
        if (!(node instanceof Mapping mapping)) {
            problems.add(new Problem(ErrorCode.WRONG_VALUE, node.mark(), node.found() + " cannot stand here")
                    .expecting(expectation()));
            return Optional.empty();
        }
        Optional<Node> kind = mapping.find(key);
        if (kind.isEmpty()) {
            problems.add(
                    new Problem(ErrorCode.MISSING_KEY, mapping.mark(), "the key '" + key + "' is missing in " + name)
                            .expecting(key + ": one of " + String.join(", ", kinds.keySet())));
            return Optional.empty();
        }
        if (!(kind.get() instanceof Scalar word) || word.secret() != null || !kinds.containsKey(word.text())) {
            problems.add(refusal(kind.get()));
            return Optional.empty();
        }
        ObjectShape<? extends T> shape = kinds.get(word.text());
        return shape == null
                ? Optional.empty()
                : shape.read(node, List.of(key), problems).map(value -> value);
    }

    private Problem refusal(Node written) {
        Problem problem = new Problem(
                        ErrorCode.WRONG_VALUE,
                        written.mark(),
                        written.found() + " is not a known " + key + " of " + name)
                .expecting("one of " + String.join(", ", kinds.keySet()));
        return written instanceof Scalar scalar ? problem.didYouMean(scalar.text(), kinds.keySet()) : problem;
    }

    @Override
    public String expectation() {
        return "a mapping with " + key + ": one of " + String.join(", ", kinds.keySet());
    }

    @Override
    boolean accepts(Node node) {
        return node instanceof Mapping;
    }

    @Override
    Map<String, Object> schema(SchemaDefinitions definitions) {
        return definitions.refer(this, name, () -> {
            var alternatives = kinds.entrySet().stream()
                    .<Object>map(kind -> JsonSchema.ofObject(
                            kind.getValue(), Map.of(key, Map.of("const", kind.getKey())), definitions))
                    .toList();
            return Map.of("anyOf", alternatives);
        });
    }

    @Override
    List<Shape<?>> parts() {
        return List.copyOf(kinds.values());
    }
}
