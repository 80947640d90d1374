package io.leat.project;

import io.leat.config.Node;
import io.leat.name.Sha256;
import java.time.ZoneId;
import java.util.List;

/** A short text that changes with whatever of a pipeline's file decides what its rows look like, and with nothing else. */
final class PipelineFingerprint {

    private static final List<String> DECISIVE = List.of("source", "columns", "schema_contract", "steps", "target");
    /** Of the window: which window a row is in. When windows are loaded, and how long they are, changes no row of one. */
    private static final List<String> DECISIVE_OF_WINDOW = List.of("column", "ambiguous", "gap");

    private PipelineFingerprint() {}

    static String of(Node.Mapping file, ZoneId defaultZone) {
        var text = new StringBuilder(defaultZone.getId());
        write(file, DECISIVE, text);
        if (file.find("window").orElse(null) instanceof Node.Mapping window) {
            write(window, DECISIVE_OF_WINDOW, text);
        }
        return Sha256.of(text).substring(0, 32);
    }

    private static void write(Node.Mapping mapping, List<String> keys, StringBuilder text) {
        for (String key : keys) {
            text.append('\n').append(key).append('=');
            mapping.find(key).ifPresent(value -> write(value, text));
        }
    }

    private static void write(Node node, StringBuilder text) {
        switch (node) {
            case Node.Mapping mapping -> {
                text.append('{');
                mapping.entries().forEach(entry -> {
                    write(entry.key(), text);
                    text.append(':');
                    write(entry.value(), text);
                });
                text.append('}');
            }
            case Node.Sequence sequence -> {
                text.append('[');
                sequence.items().forEach(item -> write(item, text));
                text.append(']');
            }
            case Node.Scalar scalar ->
                text.append(scalar.text().length()).append(' ').append(scalar.text());
        }
    }
}
