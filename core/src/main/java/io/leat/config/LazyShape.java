package io.leat.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A shape that is made when it is needed. */
final class LazyShape<T> extends Shape<T> {

    private final String expectation;
    private final Supplier<Shape<T>> shape;

    LazyShape(String expectation, Supplier<Shape<T>> shape) {
        this.expectation = expectation;
        this.shape = shape;
    }

    @Override
    public Optional<T> read(Node node, Problems problems) {
        return shape.get().read(node, problems);
    }

    @Override
    public String expectation() {
        return expectation;
    }

    @Override
    boolean accepts(Node node) {
        return shape.get().accepts(node);
    }

    @Override
    boolean acceptsNothing() {
        return shape.get().acceptsNothing();
    }

    @Override
    Map<String, Object> schema(SchemaDefinitions definitions) {
        return shape.get().schema(definitions);
    }

    @Override
    List<Shape<?>> parts() {
        return List.of(shape.get());
    }
}
