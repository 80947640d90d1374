package io.leat.cli.output;

import io.leat.cli.output.Listing.Column;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** RFC 4180 with a header; null is an empty field, an empty text is quoted, lists and maps are JSON. */
final class CsvWriter<T> implements RowWriter<T> {
    private final List<Column<T>> columns;
    private final PrintStream out;

    CsvWriter(List<Column<T>> columns, PrintStream out) {
        this.columns = columns;
        this.out = out;
        var header = new StringBuilder();
        for (Column<T> column : columns) {
            separate(header);
            quote(header, column.name());
        }
        out.append(header.append('\n'));
    }

    @Override
    public void row(T row) {
        var line = new StringBuilder();
        boolean first = true;
        for (Column<T> column : columns) {
            if (!first) {
                line.append(',');
            }
            first = false;
            append(line, column.of(row));
        }
        out.append(line.append('\n'));
    }

    @Override
    public void end() {}

    private static void separate(StringBuilder line) {
        if (!line.isEmpty()) {
            line.append(',');
        }
    }

    private static void append(StringBuilder line, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case Map<?, ?> map -> quote(line, JsonText.of(map));
            case Iterable<?> list -> quote(line, JsonText.of(list));
            default -> quote(line, JsonText.plain(value));
        }
    }

    private static void quote(StringBuilder line, String text) {
        boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        if (plain) {
            line.append(text);
        } else {
            line.append('"').append(text.replace("\"", "\"\"")).append('"');
        }
    }
}
