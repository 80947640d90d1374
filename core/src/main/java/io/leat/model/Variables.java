package io.leat.model;

import io.leat.name.Sql;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The variables that a project gives to its models: <code>@name</code>, {@code @VAR('name')}, <code>@{name}</code>. Names have no case. */
public final class Variables {

    public static final Variables NONE = new Variables(Map.of());

    private final Map<String, Value> values;

    private record Value(String literal, String plain) {}

    private Variables(Map<String, Value> values) {
        this.values = values;
    }

    /**
     * Texts become SQL texts, numbers and booleans themselves.
     *
     * @throws IllegalArgumentException for a value of another type
     */
    public static Variables of(Map<String, ?> given) {
        var values = new LinkedHashMap<String, Value>();
        given.forEach((name, value) -> values.put(name.toLowerCase(Locale.ROOT), value(name, value)));
        return new Variables(values);
    }

    private static Value value(String name, Object value) {
        return switch (value) {
            case String text -> new Value(Sql.literal(text), text);
            case Number number -> new Value(signed(number.toString()), number.toString());
            case Boolean flag -> new Value(flag ? "TRUE" : "FALSE", flag.toString());
            default ->
                throw new IllegalArgumentException(
                        "the variable '" + name + "' must be a text, a number, true or false, but is " + value);
        };
    }

    /** In parentheses where a minus before it would begin a comment. */
    private static String signed(String number) {
        return number.startsWith("-") ? "(" + number + ")" : number;
    }

    Set<String> names() {
        return values.keySet();
    }

    /** As an SQL literal. */
    Optional<String> literal(String name) {
        return Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT))).map(Value::literal);
    }

    /** As it stands, to be part of a name. */
    Optional<String> plain(String name) {
        return Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT))).map(Value::plain);
    }
}
