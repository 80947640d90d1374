package io.leat.config;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.List;

/**
 * Compares the loader with the generated JSON Schema. The law: what the loader takes, the schema takes; unknown keys,
 * missing keys and wrong kinds of values are refused by both.
 */
public final class SchemaValidation {

    private final Schema schema;
    private final ObjectShape<?> shape;

    public SchemaValidation(ObjectShape<?> shape) {
        this.shape = shape;
        this.schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(JsonSchema.of(shape.name(), shape));
    }

    /** What the loader says. */
    public List<String> byLoader(String yaml) {
        var problems = new Problems();
        parse(yaml, problems).ifPresent(node -> shape.read(node, problems));
        return problems.sorted().stream().map(Problem::render).toList();
    }

    /** What the schema says. */
    public List<String> bySchema(String yaml) {
        var problems = new Problems();
        Node node = parse(yaml, problems).orElseThrow(() -> new ProblemsException(problems.sorted()));
        return schema.validate(JsonSchema.json(node), InputFormat.JSON).stream()
                .map(Error::toString)
                .toList();
    }

    private static java.util.Optional<Node> parse(String yaml, Problems problems) {
        return Yaml.parse(yaml, SourceText.ofFile(Path.of("test.yaml"), yaml), problems);
    }
}
