package io.leat.config;

import io.leat.config.Node.Entry;
import io.leat.config.Node.Mapping;
import io.leat.config.Node.Scalar;
import io.leat.name.ErrorCode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys that the user names, all with values of one shape. */
final class MapShape<K, T> extends Shape<Map<K, T>> {

    private final Shape<K> key;
    private final Shape<T> value;

    MapShape(Shape<K> key, Shape<T> value) {
        this.key = key;
        this.value = value;
    }

    @Override
    public Optional<Map<K, T>> read(Node node, Problems problems) {
        if (node instanceof Scalar scalar && scalar.isNull()) {
            return Optional.of(Map.of());
        }
        if (!(node instanceof Mapping mapping)) {
            problems.add(new Problem(ErrorCode.WRONG_VALUE, node.mark(), node.found() + " cannot stand here")
                    .expecting(expectation()));
            return Optional.empty();
        }
        var values = new LinkedHashMap<K, T>();
        boolean whole = true;
        for (Entry entry : mapping.entries()) {
            Optional<K> name = key.read(asText(entry.key()), problems);
            Optional<T> read = value.read(entry.value(), problems);
            if (name.isEmpty() || read.isEmpty()) {
                whole = false;
            } else if (values.putIfAbsent(name.get(), read.get()) != null) {
                problems.add(
                        ErrorCode.DUPLICATE_NAME,
                        entry.key().mark(),
                        "'" + entry.key().text() + "' means the same as a key before it");
                whole = false;
            }
        }
        return whole ? Optional.of(Collections.unmodifiableMap(values)) : Optional.empty();
    }

    private static Scalar asText(Scalar key) {
        return new Scalar(key.mark(), key.text(), Node.Form.QUOTED);
    }

    @Override
    public String expectation() {
        return "a mapping, each value " + value.expectation();
    }

    @Override
    boolean accepts(Node node) {
        return node instanceof Mapping;
    }

    @Override
    boolean acceptsNothing() {
        return true;
    }

    @Override
    Map<String, Object> schema(SchemaDefinitions definitions) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", List.of("object", "null"));
        schema.put("propertyNames", key.schema(definitions));
        schema.put("additionalProperties", value.schema(definitions));
        return schema;
    }

    @Override
    List<Shape<?>> parts() {
        return List.of(key, value);
    }
}
