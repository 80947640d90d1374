package io.leat.config;

import io.leat.config.Node.Kind;
import io.leat.config.Node.Scalar;
import io.leat.name.ErrorCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A single value of certain kinds. */
final class ScalarShape<T> extends Shape<T> {

    private static final Set<Kind> ANY = EnumSet.of(Kind.TEXT, Kind.INTEGER, Kind.DECIMAL, Kind.BOOLEAN);
    private static final BigInteger SMALLEST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final int MOST_DIGITS = 60;

    private final String expectation;
    private final Set<Kind> kinds;
    private final boolean secret;
    private final List<String> words;
    private final Function<Scalar, ? extends T> parser;
    private final Map<String, Object> schema;

    private ScalarShape(
            String expectation,
            Set<Kind> kinds,
            boolean secret,
            List<String> words,
            Map<String, Object> schema,
            Function<Scalar, ? extends T> parser) {
        this.expectation = expectation;
        this.kinds = kinds;
        this.secret = secret;
        this.words = words;
        this.schema = schema;
        this.parser = parser;
    }

    static <T> Shape<T> ofText(String expectation, String pattern, Function<String, ? extends T> parser) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "string");
        if (!pattern.isEmpty()) {
            schema.put("pattern", "^(?:" + pattern + ")$");
        }
        return new ScalarShape<>(
                expectation, EnumSet.of(Kind.TEXT), false, List.of(), schema, scalar -> parser.apply(scalar.text()));
    }

    static <T> Shape<T> ofScalar(String expectation, String pattern, Function<Scalar, ? extends T> parser) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", List.of("string", "number", "boolean"));
        if (!pattern.isEmpty()) {
            schema.put("pattern", "^(?:" + pattern + ")$");
        }
        return new ScalarShape<>(expectation, ANY, false, List.of(), schema, parser);
    }

    static <T> Shape<T> ofWords(List<String> words, Function<String, ? extends T> parser) {
        String expectation = words.size() == 1 ? words.getFirst() : "one of " + String.join(", ", words);
        return new ScalarShape<>(expectation, ANY, false, words, Map.of("enum", words), scalar -> {
            if (!words.contains(scalar.text())) {
                throw new IllegalArgumentException(scalar.found() + " is not known here");
            }
            return parser.apply(scalar.text());
        });
    }

    static Shape<Boolean> ofTruth() {
        return new ScalarShape<>(
                "true or false",
                EnumSet.of(Kind.BOOLEAN),
                false,
                List.of(),
                Map.of("type", "boolean"),
                scalar -> scalar.text().equalsIgnoreCase("true"));
    }

    static Shape<Long> ofInteger(long least, long most) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "integer");
        String expectation = "a whole number";
        if (least != Long.MIN_VALUE) {
            schema.put("minimum", least);
            expectation += most == Long.MAX_VALUE || most == Integer.MAX_VALUE ? " from " + least : "";
        }
        if (most != Long.MAX_VALUE) {
            schema.put("maximum", most);
            expectation += most == Integer.MAX_VALUE
                    ? ""
                    : least == Long.MIN_VALUE ? " up to " + most : " from " + least + " to " + most;
        }
        return new ScalarShape<>(expectation, EnumSet.of(Kind.INTEGER), false, List.of(), schema, scalar -> {
            BigInteger value = integerOf(scalar.text());
            if (value.compareTo(BigInteger.valueOf(least)) < 0 || value.compareTo(BigInteger.valueOf(most)) > 0) {
                throw new IllegalArgumentException(scalar.found() + " is out of range");
            }
            return value.longValueExact();
        });
    }

    static Shape<BigDecimal> ofNumber() {
        return new ScalarShape<>(
                "a number",
                EnumSet.of(Kind.INTEGER, Kind.DECIMAL),
                false,
                List.of(),
                Map.of("type", "number"),
                ScalarShape::numberOf);
    }

    static Shape<Secret> ofSecret() {
        return new ScalarShape<>(
                "a secret such as ${secret:NAME}",
                EnumSet.of(Kind.TEXT),
                true,
                List.of(),
                Map.of("type", "string"),
                scalar -> scalar.secret() != null ? scalar.secret() : Secret.written(scalar.mark(), scalar.text()));
    }

    @Override
    public Optional<T> read(Node node, Problems problems) {
        if (!(node instanceof Scalar scalar) || !accepts(node)) {
            problems.add(refusal(node));
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(scalar));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException wrong) {
            String message = secret ? "the value is wrong" : String.valueOf(wrong.getMessage());
            Problem problem = new Problem(ErrorCode.WRONG_VALUE, scalar.mark(), message).expecting(expectation);
            problems.add(words.isEmpty() ? problem : problem.didYouMean(scalar.text(), words));
            return Optional.empty();
        }
    }

    private Problem refusal(Node node) {
        String found = secret && node instanceof Scalar ? "another value" : node.found();
        Problem problem =
                new Problem(ErrorCode.WRONG_VALUE, node.mark(), found + " cannot stand here").expecting(expectation);
        if (node instanceof Scalar scalar) {
            if (scalar.secret() != null) {
                return problem.hinting(
                        "a secret can stand only where a password or token is wanted: elsewhere it could be"
                                + " printed");
            }
            if (kinds.contains(Kind.TEXT) && !scalar.isNull()) {
                return problem.hinting("put it in quotes to make it a text");
            }
            if (scalar.form() == Node.Form.QUOTED
                    && accepts(new Scalar(scalar.mark(), scalar.text(), Node.Form.PLAIN))) {
                return problem.hinting("remove the quotes");
            }
        }
        return problem;
    }

    @Override
    boolean accepts(Node node) {
        if (!(node instanceof Scalar scalar) || (scalar.secret() != null && !secret)) {
            return false;
        }
        return kinds.contains(scalar.kind()) || (scalar.form() == Node.Form.FREE && kinds.contains(Kind.TEXT));
    }

    @Override
    public String expectation() {
        return expectation;
    }

    @Override
    Map<String, Object> schema(SchemaDefinitions definitions) {
        boolean takesAnyText = "string".equals(schema.get("type")) && !schema.containsKey("pattern");
        return takesAnyText ? schema : Map.of("anyOf", List.of(schema, definitions.reference()));
    }

    @Override
    List<Shape<?>> parts() {
        return List.of();
    }

    private static BigInteger integerOf(String text) {
        if (text.length() > MOST_DIGITS) {
            throw new IllegalArgumentException("the number has " + text.length() + " digits");
        }
        BigInteger value = text.startsWith("0x")
                ? new BigInteger(text.substring(2), 16)
                : text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
        if (value.compareTo(SMALLEST) < 0 || value.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException("the number " + text + " does not fit into 64 bits");
        }
        return value;
    }

    private static BigDecimal numberOf(Scalar scalar) {
        if (scalar.text().length() > MOST_DIGITS) {
            throw new IllegalArgumentException("the number has " + scalar.text().length() + " digits");
        }
        if (scalar.kind() == Kind.INTEGER) {
            return new BigDecimal(integerOf(scalar.text()));
        }
        try {
            return new BigDecimal(scalar.text());
        } catch (NumberFormatException notFinite) {
            throw new IllegalArgumentException(scalar.found() + " is not a finite number", notFinite);
        }
    }
}
