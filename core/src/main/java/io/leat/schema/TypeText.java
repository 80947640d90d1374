package io.leat.schema;

import io.leat.config.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads a type in the form of {@link LeatType#text()}, by recursive descent. */
final class TypeText {

    private static final Map<String, LeatType> SIMPLE = Arrays.stream(LeatType.Simple.values())
            .collect(Collectors.toUnmodifiableMap(LeatType::text, simple -> simple));
    private static final Map<String, LeatType> OTHER_NAMES =
            Map.of("int64", LeatType.INTEGER, "instant", LeatType.TIMESTAMP);
    /** What other tools call the types, and what is written here. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("int", "integer"),
            Map.entry("bigint", "integer"),
            Map.entry("long", "integer"),
            Map.entry("smallint", "int16"),
            Map.entry("tinyint", "int8"),
            Map.entry("text", "string"),
            Map.entry("varchar", "string"),
            Map.entry("char", "string"),
            Map.entry("str", "string"),
            Map.entry("float", "double"),
            Map.entry("real", "double"),
            Map.entry("numeric", "decimal(p,s)"),
            Map.entry("number", "decimal(p,s)"),
            Map.entry("bool", "boolean"),
            Map.entry("datetime", "local_timestamp, or timestamp for an instant"),
            Map.entry("timestamptz", "timestamp"),
            Map.entry("bytes", "binary"),
            Map.entry("blob", "binary"),
            Map.entry("array", "list<type>"),
            Map.entry("object", "struct<name: type>"));

    private static final String EXPECTED = "a type is one of "
            + Arrays.stream(LeatType.Simple.values()).map(LeatType::text).collect(Collectors.joining(", "))
            + ", decimal(p,s), list<type>, struct<name: type, …>";
    private static final int DEEPEST = 20;

    private final String text;
    private int at;
    private int depth;

    TypeText(String text) {
        this.text = text;
    }

    LeatType parse() {
        LeatType type = type();
        skipBlanks();
        if (at != text.length()) {
            throw unknown();
        }
        return type;
    }

    private LeatType type() {
        if (++depth > DEEPEST) {
            throw new IllegalArgumentException("a type nests at most " + DEEPEST + " levels");
        }
        String word = word().toLowerCase(Locale.ROOT);
        LeatType type = switch (word) {
            case "decimal" -> decimal();
            case "list" -> list();
            case "struct" -> struct();
            default -> simple(word);
        };
        depth--;
        return type;
    }

    private LeatType simple(String word) {
        LeatType type = SIMPLE.containsKey(word) ? SIMPLE.get(word) : OTHER_NAMES.get(word);
        if (type == null) {
            throw unknown();
        }
        return type;
    }

    private LeatType decimal() {
        expect('(');
        int precision = number();
        expect(',');
        int scale = number();
        expect(')');
        return new LeatType.Decimal(precision, scale);
    }

    private LeatType list() {
        expect('<');
        LeatType element = type();
        expect('>');
        return new LeatType.ListOf(element);
    }

    private LeatType struct() {
        List<LeatType.Field> fields = new ArrayList<>();
        expect('<');
        do {
            String name = word();
            expect(':');
            fields.add(new LeatType.Field(name, type()));
        } while (took(','));
        expect('>');
        return new LeatType.Struct(fields);
    }

    private int number() {
        String word = word();
        if (!word.matches("[0-9]{1,3}")) {
            throw unknown();
        }
        return Integer.parseInt(word);
    }

    private String word() {
        skipBlanks();
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        if (start == at) {
            throw unknown();
        }
        return text.substring(start, at);
    }

    private void expect(char sign) {
        if (!took(sign)) {
            throw unknown();
        }
    }

    private boolean took(char sign) {
        skipBlanks();
        boolean there = at < text.length() && text.charAt(at) == sign;
        if (there) {
            at++;
        }
        return there;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException unknown() {
        String known = suggestion().map(type -> "; did you mean " + type + "?").orElse(": " + EXPECTED);
        return new IllegalArgumentException("there is no type " + text + known);
    }

    private Optional<String> suggestion() {
        String word = text.strip().toLowerCase(Locale.ROOT).replaceFirst("[^a-z0-9_].*", "");
        return SIMPLE.containsKey(word)
                ? Optional.empty()
                : Optional.ofNullable(ELSEWHERE.get(word))
                        .or(() -> Suggestion.nearest(
                                word, SIMPLE.keySet().stream().sorted().toList()));
    }
}
