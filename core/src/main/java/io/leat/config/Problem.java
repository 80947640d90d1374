package io.leat.config;

import io.leat.name.ErrorCode;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** One thing that is wrong in the configuration: where, what, what was expected, and what to do. */
public record Problem(
        ErrorCode code,
        Mark mark,
        String message,
        @Nullable String expected,
        @Nullable String hint) implements Comparable<Problem> {

    private static final int WIDEST = 160;
    private static final Comparator<Problem> ORDER =
            Comparator.comparing(Problem::mark).thenComparing(Problem::message);

    public Problem(ErrorCode code, Mark mark, String message) {
        this(code, mark, message, null, null);
    }

    /** The same problem with what was expected instead: a phrase such as {@code one of all, last, none}. */
    public Problem expecting(String phrase) {
        return new Problem(code, mark, message, phrase, hint);
    }

    /** The same problem with a sentence that says what to do. */
    public Problem hinting(String sentence) {
        return new Problem(code, mark, message, expected, sentence);
    }

    /** The same problem with a guess at the name that was meant, if one of the candidates is near. */
    public Problem didYouMean(String word, Iterable<String> candidates) {
        return Suggestion.nearest(word, candidates)
                .map(name -> hinting("did you mean '" + name + "'?"))
                .orElse(this);
    }

    /** Several lines of plain text: the code, the place and the message, the line with a caret, the expectation, the hint. */
    public String render() {
        return code + " " + renderWithoutCode();
    }

    /** The same where the code is told already. */
    String renderWithoutCode() {
        var text = new StringBuilder().append(mark).append(": ").append(message);
        mark.source().line(mark.line()).ifPresent(line -> appendCaret(text, line));
        if (expected != null) {
            text.append("\n  expected: ").append(expected);
        }
        if (hint != null) {
            text.append("\n  hint: ").append(hint);
        }
        return text.toString();
    }

    private void appendCaret(StringBuilder text, String line) {
        int[] points = line.codePoints().map(Problem::printable).toArray();
        int caret = Math.min(Math.max(mark.column() - 1, 0), points.length);
        int first = points.length <= WIDEST ? 0 : Math.max(0, caret - WIDEST / 2);
        int last = Math.min(points.length, first + WIDEST);
        String number = String.valueOf(mark.line());
        text.append("\n  ").append(number).append(" | ").append(new String(points, first, last - first));
        text.append("\n  ").append(" ".repeat(number.length())).append(" | ");
        for (int i = first; i < caret; i++) {
            text.append(points[i] == '\t' ? '\t' : ' ');
        }
        text.append('^');
    }

    private static int printable(int point) {
        return point != '\t' && Character.isISOControl(point) ? '\uFFFD' : point;
    }

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }
}
