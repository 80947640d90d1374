package io.leat.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The named parts of one JSON Schema, each written once. */
final class SchemaDefinitions {

    private static final String REFERENCE = "reference";
    private static final String PATTERN = "\\$\\{env:[^}]+\\}";

    private final Map<Shape<?>, String> names = new HashMap<>();
    private final Map<String, Object> definitions = new TreeMap<>();

    /** A pointer to the definition of a shape, which is made at the first use; shapes of the same name get a number. */
    Map<String, Object> refer(Shape<?> shape, String name, Supplier<Map<String, Object>> schema) {
        String known = names.get(shape);
        if (known == null) {
            String base = name.replaceAll("[^A-Za-z0-9_]+", "_");
            known = base;
            for (int number = 2; names.containsValue(known) || known.equals(REFERENCE); number++) {
                known = base + "_" + number;
            }
            names.put(shape, known);
            definitions.put(known, schema.get());
        }
        return pointer(known);
    }

    /** A pointer to the definition of a text that is replaced before it is read. */
    Map<String, Object> reference() {
        definitions.computeIfAbsent(REFERENCE, absent -> {
            var schema = new LinkedHashMap<String, Object>();
            schema.put("description", "Filled in from an environment variable.");
            schema.put("type", "string");
            schema.put("pattern", PATTERN);
            return schema;
        });
        return pointer(REFERENCE);
    }

    Map<String, Object> all() {
        return definitions;
    }

    private static Map<String, Object> pointer(String name) {
        return Map.of("$ref", "#/$defs/" + name);
    }
}
