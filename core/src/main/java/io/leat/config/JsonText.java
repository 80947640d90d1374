package io.leat.config;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

/** Writes maps, lists, texts, numbers and truth values as indented JSON. */
final class JsonText {

    /** Stands for null, which collections of the JDK do not hold. */
    static final Object NULL = new Object();

    private final StringBuilder out = new StringBuilder();

    private JsonText() {}

    static String write(Object value) {
        var json = new JsonText();
        json.value(value, "\n");
        return json.out.toString();
    }

    private void value(Object value, String newline) {
        switch (value) {
            case Map<?, ?> map -> object(map, newline);
            case Collection<?> list -> array(list, newline);
            case Number number -> out.append(number);
            case Boolean truth -> out.append(truth);
            default -> {
                if (value == NULL) {
                    out.append("null");
                } else {
                    text(value.toString());
                }
            }
        }
    }

    private void object(Map<?, ?> map, String newline) {
        out.append('{');
        String indented = newline + "  ";
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator).append(indented);
            text(String.valueOf(entry.getKey()));
            out.append(": ");
            value(entry.getValue(), indented);
            separator = ",";
        }
        out.append(map.isEmpty() ? "" : newline).append('}');
    }

    private void array(Collection<?> list, String newline) {
        out.append('[');
        boolean flat = list.stream().noneMatch(item -> item instanceof Map || item instanceof Collection);
        String indented = newline + "  ";
        for (Iterator<?> items = list.iterator(); items.hasNext(); ) {
            out.append(flat ? "" : indented);
            value(items.next(), indented);
            out.append(items.hasNext() ? (flat ? ", " : ",") : "");
        }
        out.append(list.isEmpty() || flat ? "" : newline).append(']');
    }

    private void text(String text) {
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
                    if (c < ' ' || Character.isSurrogate(c) || c == '\u007f') {
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
