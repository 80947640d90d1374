package io.leat.config;

import io.leat.config.Node.Mapping;
import io.leat.config.Node.Scalar;
import io.leat.config.Node.Sequence;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON Schema (draft 2020-12) of a shape, for editors. It never refuses what the loader takes; the loader refuses
 * more, because a schema cannot hold all rules.
 */
public final class JsonSchema {

    private static final ObjectWriter WRITER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build()
            .writer();

    private JsonSchema() {}

    /** The schema as indented JSON with a newline at the end. */
    public static String of(String title, ObjectShape<?> shape) {
        var definitions = new SchemaDefinitions();
        var schema = new LinkedHashMap<String, Object>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", title);
        schema.putAll(ofObject(shape, Map.of(), definitions));
        if (!definitions.all().isEmpty()) {
            schema.put("$defs", definitions.all());
        }
        return write(schema) + "\n";
    }

    private static String write(@Nullable Object value) {
        return WRITER.writeValueAsString(value).replace(System.lineSeparator(), "\n");
    }

    static Map<String, Object> ofObject(
            ObjectShape<?> shape, Map<String, Object> fixed, SchemaDefinitions definitions) {
        var properties = new LinkedHashMap<String, Object>(fixed);
        var required = new ArrayList<String>(fixed.keySet());
        var conditions = new ArrayList<Object>();
        for (Member<?> member : shape.members()) {
            for (Key<?> key : member.keys()) {
                properties.put(key.name(), ofKey(key, definitions));
            }
            switch (member) {
                case Key<?> key when key.required() -> required.add(key.name());
                case Key<?> key -> {}
                case Choice<?> choice -> conditions.add(ofChoice(choice));
            }
        }
        var schema = new LinkedHashMap<String, Object>();
        schema.put("description", shape.doc());
        schema.put("type", fixed.isEmpty() && shape.acceptsNothing() ? List.of("object", "null") : "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        if (!conditions.isEmpty()) {
            schema.put("allOf", conditions);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> ofKey(Key<?> key, SchemaDefinitions definitions) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("description", key.doc());
        key.fallback()
                .ifPresent(text -> Yaml.parse(text, SourceText.named("default"), new Problems())
                        .ifPresent(node -> schema.put("default", valueOf(node))));
        schema.putAll(key.shape().schema(definitions));
        return schema;
    }

    private static Map<String, Object> ofChoice(Choice<?> choice) {
        var alternatives = new ArrayList<Object>();
        choice.keys().forEach(key -> alternatives.add(Map.of("required", List.of(key.name()))));
        if (!choice.required()) {
            alternatives.add(Map.of("not", Map.of("anyOf", List.copyOf(alternatives))));
        }
        return Map.of("oneOf", alternatives);
    }

    /** The node as JSON text, for tests of schemas against the loader and for showing configuration. Secrets are {@code ***}. */
    public static String json(Node node) {
        return write(valueOf(node));
    }

    private static @Nullable Object valueOf(Node node) {
        return switch (node) {
            case Mapping mapping -> {
                var values = new LinkedHashMap<String, @Nullable Object>();
                mapping.entries().forEach(entry -> values.put(entry.key().text(), valueOf(entry.value())));
                yield values;
            }
            case Sequence sequence ->
                Arrays.asList(sequence.items().stream().map(JsonSchema::valueOf).toArray());
            case Scalar scalar when scalar.secret() != null -> "***";
            case Scalar scalar -> valueOf(scalar);
        };
    }

    private static @Nullable Object valueOf(Scalar scalar) {
        String text = scalar.text();
        return switch (scalar.kind()) {
            case TEXT -> text;
            case BOOLEAN -> text.equalsIgnoreCase("true");
            case NULL -> null;
            case INTEGER ->
                text.startsWith("0x")
                        ? new BigInteger(text.substring(2), 16)
                        : text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
            case DECIMAL -> text.matches("[-+0-9.eE]+") ? new BigDecimal(text) : text;
        };
    }
}
