package io.leat.config;

import io.leat.config.Node.Mapping;
import io.leat.config.Node.Scalar;
import io.leat.name.ErrorCode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key of a mapping: its name, what its value looks like, whether it must be there, and a sentence of documentation. The
 * type parameter is what {@link Fields#value} gives.
 */
public final class Key<T> extends Member<T> {

    /** What becomes of the value, which may be absent. */
    private interface Reading<T> {
        Optional<T> of(Optional<Node> value, Problems problems);
    }

    private final String name;
    private final Shape<?> shape;
    private final String doc;
    private final boolean required;
    private final @Nullable String fallback;
    private final Reading<T> reading;

    private Key(
            String name, Shape<?> shape, String doc, boolean required, @Nullable String fallback, Reading<T> reading) {
        this.name = name;
        this.shape = shape;
        this.doc = doc;
        this.required = required;
        this.fallback = fallback;
        this.reading = reading;
    }

    /** A key that must be there. */
    public static <T> Key<T> required(String name, Shape<T> shape, String doc) {
        return new Key<>(
                name, shape, doc, true, null, (value, problems) -> value.flatMap(node -> shape.read(node, problems)));
    }

    /** A key that may be absent. */
    public static <T> Key<Optional<T>> optional(String name, Shape<T> shape, String doc) {
        return new Key<>(name, shape, doc, false, null, (value, problems) -> {
            if (value.isEmpty()) {
                return Optional.of(Optional.empty());
            }
            Optional<T> read = shape.read(value.get(), problems);
            return read.isPresent() ? Optional.of(read) : Optional.empty();
        });
    }

    /**
     * A key that may be absent and then has a default.
     *
     * @param fallback the default as a user would write it: {@code 1d}, {@code "[]"}, {@code true}
     */
    public static <T> Key<T> optional(String name, Shape<T> shape, String doc, String fallback) {
        return new Key<>(
                name,
                shape,
                doc,
                false,
                fallback,
                (value, problems) -> value.isPresent()
                        ? shape.read(value.get(), problems)
                        : Optional.of(defaultOf(name, shape, fallback)));
    }

    private static <T> T defaultOf(String name, Shape<T> shape, String fallback) {
        var problems = new Problems();
        return Yaml.parse(fallback, SourceText.ofText("the default of " + name, fallback), problems)
                .flatMap(node -> shape.read(node, problems))
                .orElseThrow(() -> new IllegalStateException("the default of the key " + name + " is wrong: "
                        + problems.sorted().stream().map(Problem::render).toList()));
    }

    public String name() {
        return name;
    }

    public String doc() {
        return doc;
    }

    Shape<?> shape() {
        return shape;
    }

    /** The default as a user would write it. */
    Optional<String> fallback() {
        return Optional.ofNullable(fallback);
    }

    @Override
    List<Key<?>> keys() {
        return List.of(this);
    }

    @Override
    boolean required() {
        return required;
    }

    @Override
    Optional<T> read(Mapping mapping, String object, List<String> silent, Problems problems) {
        Optional<Node> value = written(mapping);
        if (value.isEmpty() && required) {
            if (!silent.contains(name)) {
                problems.add(new Problem(
                                ErrorCode.MISSING_KEY, mapping.mark(), "the key '" + name + "' is missing in " + object)
                        .expecting(name + ": " + shape.expectation()));
            }
            return Optional.empty();
        }
        return reading.of(value, problems);
    }

    /** The value in the mapping; nothing after an optional key counts as absent where an empty list or mapping could stand. */
    private Optional<Node> written(Mapping mapping) {
        return mapping.find(name)
                .filter(node ->
                        required || !(node instanceof Scalar scalar && scalar.isNull() && shape.acceptsNothing()));
    }

    @Override
    public String toString() {
        return name;
    }
}
