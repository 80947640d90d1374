package io.leat.cli.output;

import io.leat.cli.output.Listing.Column;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A YAML sequence of mappings. Texts that YAML could take for something else are double-quoted, which is JSON's way too. */
final class YamlWriter<T> implements RowWriter<T> {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./@-]*(?: [A-Za-z0-9_./@()-]+)*");
    private static final Set<String> WORDS = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private final List<Column<T>> columns;
    private final PrintStream out;
    private boolean empty = true;

    YamlWriter(List<Column<T>> columns, PrintStream out) {
        this.columns = columns;
        this.out = out;
    }

    @Override
    public void row(T row) {
        empty = false;
        var text = new StringBuilder();
        String indent = "- ";
        for (Column<T> column : columns) {
            text.append(indent).append(scalar(column.name())).append(": ");
            append(text, column.of(row));
            text.append('\n');
            indent = "  ";
        }
        out.append(text);
    }

    @Override
    public void end() {
        if (empty) {
            out.append("[]\n");
        }
    }

    private static void append(StringBuilder text, @Nullable Object value) {
        if (value instanceof String || value instanceof Enum<?>) {
            text.append(scalar(value.toString()));
        } else {
            JsonText.append(text, value);
        }
    }

    private static String scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT));
        return plain ? text : JsonText.of(text);
    }
}
