package io.leat.config;

import java.util.Optional;

/**
 * Finds the place of a character of a value in the file in which the value was written: behind a quote, an escape, in a further line
 * of a block.
 */
public final class WrittenValue {

    private final SourceText source;
    private final String value;
    private int line;
    /** In characters of the line, from 0. */
    private int at;

    private WrittenValue(Located<String> value) {
        this.source = value.mark().source();
        this.value = value.value();
        this.line = value.mark().line();
        this.at = offset(text(), value.mark().column() - 1);
    }

    /**
     * The place of the character at this offset; that of the value where it cannot be found, because a variable was filled in or the
     * source is not shown.
     */
    public static Mark mark(Located<String> value, int offset) {
        if (value.mark().source().line(value.mark().line()).isEmpty()) {
            return value.mark();
        }
        return new WrittenValue(value)
                .find(Math.min(offset, value.value().length()))
                .orElse(value.mark());
    }

    private Optional<Mark> find(int offset) {
        String text = text();
        char first = at < text.length() ? text.charAt(at) : ' ';
        return switch (first) {
            case '"', '\'' -> {
                at++;
                yield follow(offset, first);
            }
            case '|', '>' -> {
                line++;
                int indent = indent();
                at = indent;
                yield followBlock(offset, indent);
            }
            default -> follow(offset, ' ');
        };
    }

    /** Reads value and source side by side; lines of the source are joined by blanks. */
    private Optional<Mark> follow(int offset, char quote) {
        int i = 0;
        while (i < offset) {
            String text = text();
            if (quote == '"' && text.startsWith("\\", at)) {
                if (!isEscapeOf(value.charAt(i), text)) {
                    return Optional.empty();
                }
                at += 2;
                i++;
                continue;
            }
            boolean doubled = quote == '\'' && text.startsWith("''", at) && value.charAt(i) == '\'';
            if (at < text.length() && text.charAt(at) == value.charAt(i)) {
                at += doubled ? 2 : 1;
            } else if (!nextLine(text, value.charAt(i))) {
                return Optional.empty();
            }
            i++;
        }
        skipLineEnd(i);
        return Optional.of(here());
    }

    private boolean isEscapeOf(char wanted, String text) {
        char letter = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        return switch (letter) {
            case 'n' -> wanted == '\n';
            case 't' -> wanted == '\t';
            case '"', '\\', '/' -> wanted == letter;
            default -> false;
        };
    }

    /** A block keeps its lines, or folds them; either way each begins behind the indentation. */
    private Optional<Mark> followBlock(int offset, int indent) {
        for (int i = 0; i < offset; i++) {
            String text = text();
            char wanted = value.charAt(i);
            if (at < text.length() && text.charAt(at) == wanted) {
                at++;
            } else if (at >= text.length() && (wanted == '\n' || wanted == ' ')) {
                line++;
                at = indent;
                if (source.line(line).isEmpty()) {
                    return Optional.empty();
                }
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(here());
    }

    private boolean nextLine(String text, char wanted) {
        boolean ended = at >= text.length()
                || text.substring(at).isBlank()
                || text.substring(at).matches("\\s+#.*");
        if (!ended || wanted != ' ' && wanted != '\n' || source.line(line + 1).isEmpty()) {
            return false;
        }
        line++;
        String next = text();
        at = next.length() - next.stripLeading().length();
        return true;
    }

    /** The next character is the first of the next line. */
    private void skipLineEnd(int i) {
        String text = text();
        if (at >= text.length() && i < value.length() && value.charAt(i) != ' ' && value.charAt(i) != '\n') {
            nextLine(text, ' ');
        }
    }

    private int indent() {
        for (int number = line; source.line(number).isPresent(); number++) {
            String text = source.line(number).orElse("");
            if (!text.isBlank()) {
                return text.length() - text.stripLeading().length();
            }
        }
        return 0;
    }

    private Mark here() {
        String text = text();
        return new Mark(source, line, text.codePointCount(0, Math.min(at, text.length())) + 1);
    }

    private String text() {
        return source.line(line).orElse("");
    }

    private static int offset(String text, int codePoints) {
        return text.offsetByCodePoints(0, Math.min(Math.max(0, codePoints), text.codePointCount(0, text.length())));
    }
}
