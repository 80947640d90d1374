/**
 * Configuration: YAML with places, problems gathered, secrets that cannot be printed. Nothing else in Leat knows YAML.
 *
 * <p>A type of the domain describes its form once, as a {@link io.leat.config.Shape}; from it come the reading, the JSON
 * Schema ({@link io.leat.config.JsonSchema}) and the reference documentation ({@link io.leat.config.ShapeReference}):
 *
 * <pre>{@code
 * record WindowSpec(String column, TimeSpan stability, Catchup catchup, Optional<ZoneId> zone) {
 *
 *     private static final Key<String> COLUMN = Key.required("column", text(), "Puts a row into a window.");
 *     private static final Key<TimeSpan> STABILITY = Key.optional("stability", duration(), "Age at which it is due.", "1d");
 *     private static final Key<Catchup> CATCHUP = Key.optional("catchup", oneOf(Catchup.class), "What to load.", "all");
 *     private static final Key<Optional<ZoneId>> ZONE = Key.optional("timezone", zone(), "Zone of the calendar.");
 *
 *     static final ObjectShape<WindowSpec> SHAPE = Shape.object(
 *             "window",
 *             "Puts rows into windows of time.",
 *             fields -> new WindowSpec(
 *                     fields.value(COLUMN), fields.value(STABILITY), fields.value(CATCHUP), fields.value(ZONE)),
 *             COLUMN, STABILITY, CATCHUP, ZONE);
 * }
 *
 * var problems = new Problems();
 * Optional<WindowSpec> window = Yaml.read(file, shown, problems).flatMap(node -> WindowSpec.SHAPE.read(node, problems));
 * problems.throwIfAny();
 * }</pre>
 *
 * <p>An object is built only when all of its keys could be read, so constructors never meet half a value; what a
 * constructor refuses by {@link java.lang.IllegalArgumentException} becomes a problem at the object's place.
 *
 * <p>{@link io.leat.config.Layers} merges the layers of configuration; {@link io.leat.config.References} fills in
 * <code>${env:X}</code> and <code>${secret:X}</code>.
 */
@NullMarked
package io.leat.config;

import org.jspecify.annotations.NullMarked;
