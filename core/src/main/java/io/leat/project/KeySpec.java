package io.leat.project;

import io.leat.config.Choice;
import io.leat.config.Key;
import io.leat.config.Located;
import io.leat.config.ObjectShape;
import io.leat.config.Shape;
import java.util.List;

/**
 * One entry of {@code record_keys}: how a key of a record is computed, and whether a record may be without it.
 *
 * @param source a template, or the name of a {@link RecordKey}
 */
public record KeySpec(Source source, boolean required) {

    /** Where the value comes from. */
    public sealed interface Source {
        /** A text that the window fills. */
        record Template(KeyTemplate template) implements Source {}

        /** A key that a jar of the project computes. */
        record Plugin(Located<String> name) implements Source {}
    }

    private static final Shape<Source> TEMPLATE = Shape.parsedScalar(
            "a text such as {label:yyyy-MM-dd}", "", text -> new Source.Template(KeyTemplate.parse(text)));
    private static final Key<Source> VALUE = Key.required("value", TEMPLATE, "A text that the window fills.");
    private static final Key<Source> USE = Key.required(
            "use", Shape.text().located().as(Source.Plugin::new), "The name of a key that a jar in lib/ computes.");
    private static final Choice<Source> SOURCE = Choice.exactlyOne(List.of(VALUE, USE));
    private static final Key<Boolean> REQUIRED = Key.optional(
            "required", Shape.bool(), "Whether a record without it fails before anything is read.", "true");

    private static final ObjectShape<KeySpec> OBJECT = Shape.object(
            "record key",
            "A key of a record, computed from its window.",
            fields -> new KeySpec(fields.value(SOURCE), fields.value(REQUIRED)),
            SOURCE,
            REQUIRED);

    /** A template alone, or a mapping. */
    static final Shape<KeySpec> SHAPE = Shape.either(TEMPLATE.as(source -> new KeySpec(source, true)), OBJECT);
}
