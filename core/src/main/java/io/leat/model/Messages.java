package io.leat.model;

import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes DuckDB's messages short enough for a problem, and adds what a writer of models should do. */
final class Messages {

    private static final int LONGEST = 300;

    private Messages() {}

    /** The first lines, without lists of candidates. */
    static String brief(String message) {
        String first = message.lines()
                .map(String::strip)
                .takeWhile(line -> !line.startsWith("Candidate")
                        && !line.startsWith("Did you mean")
                        && !line.startsWith("Possible solutions")
                        && !line.startsWith("LINE "))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
        String text = first.isEmpty() ? message.strip() : first;
        String shortened = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …";
        return shortened.isEmpty()
                ? "the query cannot be understood"
                : shortened.substring(0, 1).toLowerCase(Locale.ROOT) + shortened.substring(1);
    }

    static @Nullable String hint(Analyzer.Outcome.Bad<?> bad) {
        if (bad.message().startsWith("Only SELECT")) {
            return "a model is one query; PIVOT needs its values: PIVOT … ON column IN ('a', 'b')";
        }
        String candidate = bad.candidate().split(",")[0].strip().replace("\"", "");
        return candidate.isEmpty() ? null : "did you mean '" + candidate + "'?";
    }
}
