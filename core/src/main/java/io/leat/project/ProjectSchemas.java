package io.leat.project;

import io.leat.config.JsonSchema;
import io.leat.config.ObjectShape;
import io.leat.config.ShapeReference;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files that users write, described once: as JSON Schemas for editors, and as the reference of all keys. */
public final class ProjectSchemas {

    private ProjectSchemas() {}

    /** The shapes by the name of their schema: {@code leat}, {@code pipeline}. */
    public static Map<String, ObjectShape<?>> shapes() {
        Map<String, ObjectShape<?>> shapes = new LinkedHashMap<>();
        shapes.put("leat", Settings.SHAPE);
        shapes.put("pipeline", Pipeline.shape(ZoneOffset.UTC, "", ""));
        return shapes;
    }

    /** The JSON Schemas by name. */
    public static Map<String, String> schemas() {
        Map<String, String> schemas = new LinkedHashMap<>();
        shapes().forEach((name, shape) -> schemas.put(name, JsonSchema.of(title(name), shape)));
        return schemas;
    }

    private static String title(String name) {
        return name.equals("leat") ? "leat.yaml" : "A " + name + " of Leat";
    }

    /** The reference of all keys, in Markdown. */
    public static String reference() {
        return """
                # Keys of project files

                Every key that `leat.yaml` and the files in `pipelines/` may have; any other is refused. `leat schema` prints the
                same for editors. [Pipelines](pipelines.md) explains them with examples.

                """ + ShapeReference.markdown(Settings.SHAPE)
                + "\n" + ShapeReference.markdown(Pipeline.shape(ZoneOffset.UTC, "", ""));
    }
}
