package io.leat.run;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.project.KeySpec;
import io.leat.project.Pipeline;
import io.leat.project.RecordKey;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Computes the keys of a pipeline's records from their windows. */
final class RecordKeys {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, KeySpec> specs;
    private final Map<String, RecordKey> computed;

    RecordKeys(Pipeline pipeline, Map<String, RecordKey> computed) {
        this.specs = pipeline.execution().keys();
        this.computed = computed;
    }

    /**
     * The keys as a JSON object.
     *
     * @throws PipelineException E309 if a required one is empty, E113 if a jar's code fails
     */
    String json(RecordKey.Subject subject) {
        if (specs.isEmpty()) {
            return "{}";
        }
        ObjectNode keys = JSON.createObjectNode();
        specs.forEach((name, spec) -> {
            String value = value(name, spec, subject);
            if (value.isBlank() && spec.required()) {
                throw new PipelineException(
                                ErrorCode.EMPTY_RECORD_KEY, "the record key " + name + " is empty for this window")
                        .withHint("correct `record_keys: { " + name
                                + ": … }`, or let it be missing by `required: false`");
            }
            keys.put(name, value);
        });
        return keys.toString();
    }

    private String value(String name, KeySpec spec, RecordKey.Subject subject) {
        return switch (spec.source()) {
            case KeySpec.Source.Template(var template) -> template.value(subject);
            case KeySpec.Source.Plugin(var plugin) -> {
                RecordKey key = Objects.requireNonNull(computed.get(plugin.value()), plugin.value());
                try {
                    yield Objects.requireNonNullElse(key.value(subject), "");
                } catch (RuntimeException e) {
                    throw new PipelineException(
                            ErrorCode.PLUGIN,
                            "the record key " + name + " could not be computed by " + plugin.value() + ": " + e,
                            e);
                }
            }
        };
    }
}
