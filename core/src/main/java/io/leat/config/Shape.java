package io.leat.config;

import io.leat.name.EnvironmentName;
import io.leat.name.PipelineName;
import io.leat.name.TableName;
import io.leat.time.Granularity;
import io.leat.time.TimeSpan;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a piece of configuration may look like, and the value that it becomes. One description drives the reading with
 * located problems, the JSON Schema ({@link JsonSchema}) and the reference documentation ({@link ShapeReference}). Immutable.
 *
 * <p>The package documentation has an example.
 */
public abstract sealed class Shape<T>
        permits ScalarShape,
                ListShape,
                MapShape,
                ObjectShape,
                TypedShape,
                EitherShape,
                ConvertedShape,
                LazyShape,
                NodeShape {

    Shape() {}

    /**
     * The value of the node, or empty after at least one problem was added. All problems within the node are found, not
     * only the first.
     */
    public abstract Optional<T> read(Node node, Problems problems);

    /** What is expected, as a phrase: {@code a list of texts}. */
    public abstract String expectation();

    /** Whether it makes sense to read this kind of node with this shape: chooses among alternatives. */
    abstract boolean accepts(Node node);

    /** The JSON Schema of it; objects with a name are put among the definitions and referred to. */
    abstract Map<String, Object> schema(SchemaDefinitions definitions);

    /** The shapes that it is made of, for documentation. */
    abstract List<Shape<?>> parts();

    /** What stands for this shape when nothing was written after the key, if that has a meaning: an empty list or mapping. */
    boolean acceptsNothing() {
        return false;
    }

    // --- single values

    /** A text that is not empty. Numbers and truth values need quotes. */
    public static Shape<String> text() {
        return ScalarShape.ofText("a text", "", text -> {
            if (text.isBlank()) {
                throw new IllegalArgumentException("the text is empty");
            }
            return text;
        });
    }

    /** A text, perhaps empty. */
    public static Shape<String> anyText() {
        return ScalarShape.ofText("a text", "", text -> text);
    }

    /**
     * A text with a meaning of its own.
     *
     * @param expectation a phrase with an example: {@code a rate such as 10/s}
     * @param pattern a regular expression that every valid text matches as a whole, for editors; may be looser than the
     *     parser; empty for none
     * @param parser throws {@link IllegalArgumentException} with a sentence for the user
     */
    public static <T> Shape<T> parsed(String expectation, String pattern, Function<String, T> parser) {
        return ScalarShape.ofText(expectation, pattern, parser);
    }

    /** Like {@link #parsed}, for values that may also look like a number or a truth value: {@code 5} as well as {@code 5%}. */
    public static <T> Shape<T> parsedScalar(String expectation, String pattern, Function<String, T> parser) {
        return ScalarShape.ofScalar(expectation, pattern, scalar -> parser.apply(scalar.text()));
    }

    /** Any single value as it was written; its {@link Node.Scalar#kind kind} says whether it is a number. */
    public static Shape<Node.Scalar> scalar() {
        return ScalarShape.ofScalar("a single value", "", scalar -> scalar);
    }

    /** Anything at all. */
    public static Shape<Node> any() {
        return new NodeShape();
    }

    /** One of the constants of an enum, written in lower case. */
    public static <E extends Enum<E>> Shape<E> oneOf(Class<E> type) {
        List<String> words = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        return ScalarShape.ofWords(words, word -> type.getEnumConstants()[words.indexOf(word)]);
    }

    /** One of a few words. */
    public static Shape<String> oneOf(List<String> words) {
        return ScalarShape.ofWords(words, word -> word);
    }

    public static Shape<Boolean> bool() {
        return ScalarShape.ofTruth();
    }

    /** A whole number within 64 bits. */
    public static Shape<Long> integer() {
        return integer(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** A whole number within bounds, both included. */
    public static Shape<Long> integer(long least, long most) {
        return ScalarShape.ofInteger(least, most);
    }

    /** A small whole number within bounds, both included. */
    public static Shape<Integer> count(int least, int most) {
        return integer(least, most).as(Long::intValue);
    }

    /** A number, with or without a fraction, exactly as written. */
    public static Shape<BigDecimal> number() {
        return ScalarShape.ofNumber();
    }

    /** An exact length of time such as {@code 90s}, {@code 15m}, {@code 2h}, {@code 7d}; {@code 0} for none. */
    public static Shape<TimeSpan> duration() {
        return parsedScalar("a duration such as 90s, 15m, 2h or 7d", "[0-9]{1,9}(ms|s|m|h|d|w|mo|y)|0", text -> {
            try {
                return TimeSpan.parse(text);
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException("'" + text + "' is not a duration", wrong);
            }
        });
    }

    /** The length of windows: {@code 15m}, {@code 2h}, {@code 1d}, {@code 1mo}. */
    public static Shape<Granularity> granularity() {
        return parsed("a length of windows such as 15m, 2h, 1d or 1mo", "[0-9]{1,4}(m|h|d|w|mo|y)", Granularity::parse);
    }

    /** A time zone of the IANA database: {@code Europe/Berlin}, {@code UTC}. */
    public static Shape<ZoneId> zone() {
        return parsed("an IANA time zone such as Europe/Berlin or UTC", "", text -> {
            try {
                return ZoneId.of(text);
            } catch (DateTimeException unknown) {
                throw new IllegalArgumentException(
                        "'" + text + "' is not a time zone"
                                + Suggestion.nearest(
                                                text,
                                                ZoneId.getAvailableZoneIds().stream()
                                                        .sorted()
                                                        .toList())
                                        .map(zone -> "; did you mean " + zone + "?")
                                        .orElse(""),
                        unknown);
            }
        });
    }

    public static Shape<ByteSize> bytes() {
        return parsed("a size such as 512MB or 2GB", ByteSize.FORM, ByteSize::parse);
    }

    /** A table of the lake: {@code bronze.flights}. */
    public static Shape<TableName> tableName() {
        return parsed("a table such as bronze.flights", "[a-z_][a-z0-9_]*\\.[a-z_][a-z0-9_]*", TableName::parse);
    }

    public static Shape<PipelineName> pipelineName() {
        return parsed("a name such as flights", "[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)?", PipelineName::new);
    }

    public static Shape<EnvironmentName> environmentName() {
        return parsed("the name of an environment such as prod", "[a-z_][a-z0-9_]*", EnvironmentName::new);
    }

    /** A value that must not be shown, usually <code>${secret:X}</code>. */
    public static Shape<Secret> secret() {
        return ScalarShape.ofSecret();
    }

    // --- several values

    /** A list; nothing after the key is an empty list. */
    public static <T> Shape<List<T>> list(Shape<T> item) {
        return new ListShape<>(item, 0, false);
    }

    /** A list with at least one item. */
    public static <T> Shape<List<T>> listOfSome(Shape<T> item) {
        return new ListShape<>(item, 1, false);
    }

    /** A list with at least one item, or one item alone without brackets. */
    public static <T> Shape<List<T>> oneOrList(Shape<T> item) {
        return new ListShape<>(item, 1, true);
    }

    /** Keys that the user names, in the order of writing; nothing after the key is an empty map. */
    public static <T> Shape<Map<String, T>> map(Shape<T> value) {
        return map(text(), value);
    }

    /** Keys of a form that the key's shape describes, in the order of writing. Two keys of the same value are a problem. */
    public static <K, T> Shape<Map<K, T>> map(Shape<K> key, Shape<T> value) {
        return new MapShape<>(key, value);
    }

    /**
     * A mapping with known keys.
     *
     * @param name what users call it: {@code window}; the heading in the reference and the name in the JSON Schema
     * @param doc a sentence
     * @param build makes the value; called only if every member could be read. {@link IllegalArgumentException} and
     *     {@link io.leat.name.PipelineException} of it become problems at the object's place
     */
    public static <T> ObjectShape<T> object(
            String name, String doc, Function<Fields, ? extends T> build, Member<?>... members) {
        return new ObjectShape<>(name, doc, build, List.of(members));
    }

    /**
     * A mapping in which one key says which kind it is: {@code type: postgresql}. The shapes do not mention that key.
     *
     * @param kinds by the value of the key; in the order of documentation if the map has one
     */
    public static <T> Shape<T> typed(String name, String key, Map<String, ObjectShape<? extends T>> kinds) {
        return new TypedShape<>(name, key, kinds);
    }

    /** The first of the alternatives that takes the kind of value that was written, and reads it without a problem. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T> Shape<T> either(Shape<? extends T>... alternatives) {
        return new EitherShape<>(Arrays.asList(alternatives));
    }

    /** A shape that is made when it is needed, for shapes that contain themselves. */
    public static <T> Shape<T> lazy(String expectation, Supplier<Shape<T>> shape) {
        return new LazyShape<>(expectation, shape);
    }

    // --- the same, changed

    /** The value made into another; {@link IllegalArgumentException} of the change becomes a problem. */
    public final <R> Shape<R> as(Function<? super T, ? extends R> change) {
        return new ConvertedShape<>(this, (value, mark) -> change.apply(value), Optional.empty());
    }

    /** The same with another phrase for what is expected. */
    public final Shape<T> expecting(String phrase) {
        return new ConvertedShape<>(this, (value, mark) -> value, Optional.of(phrase));
    }

    /** The value with its place, for problems that are found later. */
    public final Shape<Located<T>> located() {
        return new ConvertedShape<>(this, Located::new, Optional.empty());
    }
}
