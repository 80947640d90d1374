package io.leat.cli.output;

import java.io.PrintStream;

/** Writes rows one after the other in one form. Call {@code row} for each, then {@code end} once. */
public interface RowWriter<T> {
    void row(T row);

    void end();

    /** A writer for the columns of a listing that the form shows. */
    static <T> RowWriter<T> of(Form form, Listing<T> listing, PrintStream out, Terminal terminal) {
        var columns = listing.columnsOf(form);
        return switch (form) {
            case TABLE -> new TableWriter<>(columns, out, terminal);
            case JSON -> new JsonWriter<>(columns, out, true);
            case NDJSON -> new JsonWriter<>(columns, out, false);
            case YAML -> new YamlWriter<>(columns, out);
            case CSV -> new CsvWriter<>(columns, out);
        };
    }
}
