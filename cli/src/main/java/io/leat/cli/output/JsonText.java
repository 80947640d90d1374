package io.leat.cli.output;

import java.time.ZonedDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain values as JSON text. Instants are written in UTC, other values of {@code java.time} in their ISO form. */
public final class JsonText {
    private JsonText() {}

    public static String of(@Nullable Object value) {
        var text = new StringBuilder();
        append(text, value);
        return text.toString();
    }

    static void append(StringBuilder out, @Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case Boolean flag -> out.append(flag);
            case Double number -> appendFloating(out, number);
            case Float number -> appendFloating(out, number.doubleValue());
            case Number number -> out.append(number);
            case Map<?, ?> map -> appendObject(out, map);
            case Iterable<?> list -> appendArray(out, list);
            default -> appendText(out, plain(value));
        }
    }

    /** The text of a scalar as every form for programs writes it. */
    static String plain(Object value) {
        return value instanceof ZonedDateTime time ? time.toInstant().toString() : value.toString();
    }

    private static void appendFloating(StringBuilder out, double number) {
        if (Double.isFinite(number)) {
            out.append(number);
        } else {
            appendText(out, Double.toString(number));
        }
    }

    private static void appendObject(StringBuilder out, Map<?, ?> map) {
        out.append('{');
        String separator = "";
        for (var entry : map.entrySet()) {
            out.append(separator);
            appendText(out, String.valueOf(entry.getKey()));
            out.append(':');
            append(out, entry.getValue());
            separator = ",";
        }
        out.append('}');
    }

    private static void appendArray(StringBuilder out, Iterable<?> list) {
        out.append('[');
        String separator = "";
        for (Object element : list) {
            out.append(separator);
            append(out, element);
            separator = ",";
        }
        out.append(']');
    }

    static void appendText(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || c == 0x7f || c == '\u2028' || c == '\u2029') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
