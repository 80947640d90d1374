package io.leat.config;

import io.leat.name.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One of several ways to write the same thing. */
final class EitherShape<T> extends Shape<T> {

    private final List<Shape<? extends T>> alternatives;

    EitherShape(List<Shape<? extends T>> alternatives) {
        this.alternatives = List.copyOf(alternatives);
    }

    @Override
    public Optional<T> read(Node node, Problems problems) {
        var fitting = alternatives.stream().filter(shape -> shape.accepts(node)).toList();
        if (fitting.size() == 1) {
            return fitting.getFirst().read(node, problems).map(value -> value);
        }
        for (Shape<? extends T> shape : fitting) {
            Optional<? extends T> value = shape.read(node, new Problems());
            if (value.isPresent()) {
                return value.map(read -> read);
            }
        }
        problems.add(new Problem(ErrorCode.WRONG_VALUE, node.mark(), node.found() + " cannot stand here")
                .expecting(expectation()));
        return Optional.empty();
    }

    @Override
    public String expectation() {
        return alternatives.stream().map(Shape::expectation).distinct().collect(Collectors.joining("; or "));
    }

    @Override
    boolean accepts(Node node) {
        return alternatives.stream().anyMatch(shape -> shape.accepts(node));
    }

    @Override
    boolean acceptsNothing() {
        return alternatives.stream().anyMatch(Shape::acceptsNothing);
    }

    @Override
    Map<String, Object> schema(SchemaDefinitions definitions) {
        return Map.of(
                "anyOf",
                alternatives.stream().map(shape -> shape.schema(definitions)).toList());
    }

    @Override
    List<Shape<?>> parts() {
        return List.copyOf(alternatives);
    }
}
