package io.leat.cli.output;

import io.leat.cli.output.Listing.Column;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Aligned columns. Looks at the first rows to find the widths, then streams: a later, wider value pushes its line out rather than
 * holding all rows in memory. On a terminal the columns of text shrink until a line fits.
 */
final class TableWriter<T> implements RowWriter<T> {
    private static final int SAMPLE = 500;
    private static final int NARROWEST = 10;
    private static final String GAP = "  ";

    private final List<Column<T>> columns;
    private final PrintStream out;
    private final Terminal terminal;
    private final List<List<String>> waiting = new ArrayList<>();
    private int @Nullable [] widths;

    TableWriter(List<Column<T>> columns, PrintStream out, Terminal terminal) {
        this.columns = columns;
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void row(T row) {
        var cells = new ArrayList<String>(columns.size());
        for (Column<T> column : columns) {
            cells.add(TextWidth.visible(text(column.kind(), column.of(row))));
        }
        int[] known = widths;
        if (known != null) {
            line(cells, known);
            return;
        }
        waiting.add(cells);
        if (waiting.size() == SAMPLE) {
            flush();
        }
    }

    @Override
    public void end() {
        if (widths == null) {
            flush();
        }
    }

    private void flush() {
        int[] found = fit(measure());
        widths = found;
        var heading = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            pad(heading, i, columns.get(i).heading(), found);
        }
        out.append(terminal.bold(heading.toString().stripTrailing())).append('\n');
        for (List<String> cells : waiting) {
            line(cells, found);
        }
        waiting.clear();
    }

    private int[] measure() {
        int[] found = new int[columns.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = TextWidth.of(columns.get(i).heading());
            for (List<String> cells : waiting) {
                found[i] = Math.max(found[i], TextWidth.of(cells.get(i)));
            }
        }
        return found;
    }

    private int[] fit(int[] found) {
        if (terminal.width() == 0) {
            return found;
        }
        int excess = -terminal.width() - GAP.length();
        for (int width : found) {
            excess += width + GAP.length();
        }
        while (excess > 0) {
            int widest = -1;
            for (int i = 0; i < found.length; i++) {
                boolean mayShrink = !columns.get(i).kind().alignsRight() && found[i] > NARROWEST;
                if (mayShrink && (widest < 0 || found[i] > found[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                break;
            }
            found[widest]--;
            excess--;
        }
        return found;
    }

    private void line(List<String> cells, int[] known) {
        var text = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            pad(text, i, cells.get(i), known);
        }
        out.append(text.toString().stripTrailing()).append('\n');
    }

    private void pad(StringBuilder line, int column, String cell, int[] known) {
        if (column > 0) {
            line.append(GAP);
        }
        Kind kind = columns.get(column).kind();
        String shown = terminal.width() == 0 ? cell : TextWidth.cut(cell, known[column]);
        String blank = " ".repeat(Math.max(0, known[column] - TextWidth.of(shown)));
        if (kind.alignsRight()) {
            line.append(blank).append(shown);
        } else {
            line.append(kind == Kind.STATUS ? terminal.status(shown) : shown).append(blank);
        }
    }

    private static String text(Kind kind, @Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Boolean flag -> flag ? "yes" : "no";
            case ZonedDateTime time -> Human.time(time);
            case Instant instant when kind == Kind.INSTANT -> Human.time(instant, ZoneOffset.UTC);
            case Number number when isWhole(number) -> whole(kind, number.longValue());
            case Map<?, ?> map -> JsonText.of(map);
            case Iterable<?> list -> JsonText.of(list);
            default -> value.toString();
        };
    }

    private static boolean isWhole(Number number) {
        return number instanceof Long || number instanceof Integer || number instanceof Short;
    }

    private static String whole(Kind kind, long number) {
        return switch (kind) {
            case NUMBER -> Human.count(number);
            case BYTES -> Human.bytes(number);
            case MILLIS -> Human.duration(Duration.ofMillis(number));
            case TEXT, PLAIN_NUMBER, INSTANT, STATUS -> Long.toString(number);
        };
    }
}
