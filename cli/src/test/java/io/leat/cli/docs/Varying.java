package io.leat.cli.docs;

import java.util.List;
import java.util.regex.Pattern;

/** What another run may print otherwise: when it ran, how long it took, what it was called, how large its files are. */
final class Varying {
    private static final List<Pattern> PARTS = List.of(
            // a moment of the run itself; data and windows of the documents lie before 2026
            Pattern.compile("\\b20(?:2[6-9]|[3-9]\\d)-\\d\\d-\\d\\d \\d\\d:\\d\\d(?::\\d\\d)?"
                    + "(?:Z| [A-Z]{3,4} \\((?:\\d{4}-\\d\\d-\\d\\d )?\\d\\d:\\d\\d(?::\\d\\d)?Z\\))"),
            Pattern.compile("\\b20(?:2[6-9]|[3-9]\\d)-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z"),
            // how long it took
            Pattern.compile("(?<![\\d.,])(?:\\d+ ms|\\d+\\.\\d s|\\d+ m \\d+ s)\\b"),
            // the size of a file
            Pattern.compile("(?<![\\d.,])\\d+(?:\\.\\d+)? (?:KB|MB)\\b"),
            // a run, by its name
            Pattern.compile("(?<=\\brun |^|\"run_id\":\")(?=[a-z]*\\d)[0-9a-hjkmnp-tv-z]{12}\\b"),
            // a backfill, by its name
            Pattern.compile("\\bb(?=[a-z]*\\d)[0-9a-hjkmnp-tv-z]{12}\\b"),
            // a load or a file of a table, by its identifier
            Pattern.compile("\\b[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\\b"),
            // a state store, by its identifier
            Pattern.compile("(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])"),
            // a process of the machine
            Pattern.compile("\\bprocess \\d+ on [^,]+"));
    private static final Pattern BLANKS = Pattern.compile(" +");

    private Varying() {}

    /** The line without them, and without the blanks that set columns. */
    static String without(String line) {
        String text = line;
        for (Pattern part : PARTS) {
            text = part.matcher(text).replaceAll("<varies>");
        }
        return BLANKS.matcher(text).replaceAll(" ").strip();
    }

    static List<String> without(List<String> lines) {
        return lines.stream().map(Varying::without).toList();
    }
}
