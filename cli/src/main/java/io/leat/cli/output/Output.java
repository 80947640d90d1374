package io.leat.cli.output;

import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Where a command writes: rows to standard output in the chosen form, messages to standard error. Not for several threads. */
public final class Output {
    private final PrintStream data;
    private final PrintStream messages;
    private final Form form;
    private final Terminal terminal;
    private final boolean quiet;

    public Output(PrintStream data, PrintStream messages, Form form, Terminal terminal, boolean quiet) {
        this.data = data;
        this.messages = messages;
        this.form = form;
        this.terminal = terminal;
        this.quiet = quiet;
    }

    /** Writes and closes the rows; forms for programs and long tables hold none of them back. */
    public <T> void print(Listing<T> listing, Stream<T> rows) {
        try (rows) {
            var writer = rows(listing);
            long written = 0;
            for (Iterator<T> each = rows.iterator(); each.hasNext() && !readerHasGone(written); written++) {
                writer.row(each.next());
            }
            writer.end();
            data.flush();
        }
    }

    public <T> void print(Listing<T> listing, List<T> rows) {
        print(form.forPrograms() ? listing : listing.telling(rows), rows.stream());
    }

    private boolean readerHasGone(long written) {
        return written % 1000 == 999 && data.checkError();
    }

    /** A writer for rows that come one by one; to be ended by the caller. */
    public <T> RowWriter<T> rows(Listing<T> listing) {
        return RowWriter.of(form, listing, data, terminal);
    }

    /** Text for people on standard output; forms for programs leave it out. */
    public void text(String text) {
        if (!form.forPrograms()) {
            data.println(text);
            data.flush();
        }
    }

    /** A message on standard error, unless the user wants quiet. */
    public void say(String message) {
        if (!quiet) {
            messages.println(message);
        }
    }

    /** A warning or failure on standard error, however quiet the user wants it. */
    public void warn(String message) {
        messages.println(message);
    }

    public boolean quiet() {
        return quiet;
    }

    public Form form() {
        return form;
    }

    public Terminal terminal() {
        return terminal;
    }

    /** Standard output itself, for what has a form of its own (a script, a schema). */
    public PrintStream data() {
        return data;
    }

    public PrintStream messages() {
        return messages;
    }
}
