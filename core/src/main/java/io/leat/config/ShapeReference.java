package io.leat.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** The reference of a shape in Markdown: one section for each object in it, one row for each key. */
public final class ShapeReference {

    private ShapeReference() {}

    /** The reference, beginning with a heading of the second level. */
    public static String markdown(ObjectShape<?> shape) {
        var text = new StringBuilder();
        for (ObjectShape<?> object : objectsOf(shape)) {
            append(text, object);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, ObjectShape<?> object) {
        if (!text.isEmpty()) {
            text.append('\n');
        }
        text.append("## ")
                .append(object.name())
                .append("\n\n")
                .append(object.doc())
                .append("\n");
        if (object.keys().isEmpty()) {
            return;
        }
        text.append("\n| key | value | default | meaning |\n| --- | --- | --- | --- |\n");
        for (Member<?> member : object.members()) {
            for (Key<?> key : member.keys()) {
                text.append("| `")
                        .append(key.name())
                        .append("` | ")
                        .append(cell(key.shape().expectation()))
                        .append(" | ")
                        .append(defaultOf(key, member))
                        .append(" | ")
                        .append(cell(key.doc()))
                        .append(" |\n");
            }
        }
    }

    private static String defaultOf(Key<?> key, Member<?> member) {
        if (member instanceof Choice) {
            return member.required() ? "one of these is required" : "at most one of these";
        }
        return key.required()
                ? "required"
                : key.fallback().map(text -> "`" + cell(text) + "`").orElse("");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    /** The objects in it, each once, the outer before the inner. */
    private static SequencedSet<ObjectShape<?>> objectsOf(Shape<?> root) {
        var objects = new LinkedHashSet<ObjectShape<?>>();
        var seen = new ArrayList<Shape<?>>();
        Deque<Shape<?>> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            Shape<?> next = open.removeFirst();
            if (seen.contains(next)) {
                continue;
            }
            seen.add(next);
            if (next instanceof ObjectShape<?> object) {
                objects.add(object);
            }
            next.parts().reversed().forEach(open::addFirst);
        }
        return objects;
    }
}
