package io.leat.cli;

import io.leat.cli.output.Human;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** One line at the bottom of a terminal that is drawn again and again; nothing at all where there is no terminal. */
final class ProgressLine {
    private static final int WIDTH = 24;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final PrintStream screen;
    private final boolean shown;
    private long drawnAt = Long.MIN_VALUE;
    private boolean dirty;

    ProgressLine(PrintStream screen, boolean shown) {
        this.screen = screen;
        this.shown = shown;
    }

    /** Draws how far something is, unless it was drawn a moment ago. */
    void show(String what, long done, long due, long rows, Duration elapsed) {
        long now = System.nanoTime();
        if (!shown || drawnAt != Long.MIN_VALUE && now - drawnAt < PAUSE.toNanos() && done < due) {
            return;
        }
        drawnAt = now;
        dirty = true;
        screen.print("\r\u001b[2K" + text(what, done, due, rows, elapsed));
        screen.flush();
    }

    /** Removes the line, so that something else can be printed. */
    void clear() {
        if (dirty) {
            screen.print("\r\u001b[2K");
            screen.flush();
            dirty = false;
        }
    }

    static String text(String what, long done, long due, long rows, Duration elapsed) {
        double part = due == 0 ? 1 : Math.min(1, (double) done / due);
        int full = (int) Math.round(part * WIDTH);
        double seconds = Math.max(0.001, elapsed.toMillis() / 1000.0);
        String left = done == 0 || done >= due
                ? ""
                : ", " + Human.duration(Duration.ofMillis((long) (elapsed.toMillis() / part * (1 - part)))) + " left";
        return String.format(
                Locale.ROOT,
                "%s [%s%s] %s of %s, %s, %s rows/s%s",
                what,
                "#".repeat(full),
                ".".repeat(WIDTH - full),
                Human.count(done),
                Human.count(due),
                Human.count(rows, "row", "rows"),
                Human.count((long) (rows / seconds)),
                left);
    }
}
