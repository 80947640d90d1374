package io.leat.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Anything, as it was written. */
final class NodeShape extends Shape<Node> {

    @Override
    public Optional<Node> read(Node node, Problems problems) {
        return Optional.of(node);
    }

    @Override
    public String expectation() {
        return "any value";
    }

    @Override
    boolean accepts(Node node) {
        return true;
    }

    @Override
    Map<String, Object> schema(SchemaDefinitions definitions) {
        return Map.of();
    }

    @Override
    List<Shape<?>> parts() {
        return List.of();
    }
}
