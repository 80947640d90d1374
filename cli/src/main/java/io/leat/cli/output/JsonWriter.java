package io.leat.cli.output;

import io.leat.cli.output.Listing.Column;
import java.io.PrintStream;
import java.util.List;

/** JSON objects, one a line; as an array if asked for. */
final class JsonWriter<T> implements RowWriter<T> {
    private final List<Column<T>> columns;
    private final PrintStream out;
    private final boolean array;
    private boolean first = true;

    JsonWriter(List<Column<T>> columns, PrintStream out, boolean array) {
        this.columns = columns;
        this.out = out;
        this.array = array;
    }

    @Override
    public void row(T row) {
        var line = new StringBuilder();
        if (array) {
            line.append(first ? "[\n  " : ",\n  ");
        }
        line.append('{');
        String separator = "";
        for (Column<T> column : columns) {
            line.append(separator);
            JsonText.appendText(line, column.name());
            line.append(':');
            JsonText.append(line, column.of(row));
            separator = ",";
        }
        line.append('}');
        if (!array) {
            line.append('\n');
        }
        out.append(line);
        first = false;
    }

    @Override
    public void end() {
        if (array) {
            out.append(first ? "[]\n" : "\n]\n");
        }
    }
}
