package io.leat.config;

import io.leat.name.ErrorCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/** Turns what the YAML library says into what a user can act on. */
final class SyntaxProblem {

    private SyntaxProblem() {}

    static Problem of(MarkedYamlEngineException broken, SourceText source, String content) {
        Mark context = mark(broken.getContextMark(), source);
        Mark place = broken.getProblemMark().isPresent() ? mark(broken.getProblemMark(), source) : context;
        String said = Optional.ofNullable(broken.getProblem()).orElse("the text is not valid YAML");
        String during = Optional.ofNullable(broken.getContext()).orElse("");
        if (during.contains("quoted scalar") && said.contains("end of stream")) {
            return problem(context, "the quote that begins here is not closed", "close it, or put it within other quotes");
        }
        if (indentedByTab(content, place.line()) || said.contains("\\t")) {
            return problem(place, "a tab stands where YAML allows only spaces", "indent with spaces");
        }
        if (said.startsWith("mapping values are not allowed")) {
            return problem(
                    place, "a ':' cannot stand here", "check the indentation; a text that holds ': ' needs quotes");
        }
        if (during.contains("flow")) {
            return problem(
                    place,
                    "this does not belong into the brackets that open in line " + context.line(),
                    "close them, put a comma between items, or put the text in quotes");
        }
        if (said.startsWith("expected <block end>")) {
            return problem(
                    place,
                    "the line does not fit into what stands above it",
                    "check the indentation: keys of one mapping and items of one list begin in the same column");
        }
        if (said.startsWith("could not find expected ':'")) {
            return problem(
                    place,
                    "a ':' is missing after a key",
                    "write key: value; a text over several lines needs quotes or '|'");
        }
        return problem(place, said, said.contains("cannot start any token") ? "put the value in quotes" : null);
    }

    private static Problem problem(Mark mark, String message, @Nullable String hint) {
        return new Problem(ErrorCode.YAML_SYNTAX, mark, message, null, hint);
    }

    private static Mark mark(Optional<org.snakeyaml.engine.v2.exceptions.Mark> place, SourceText source) {
        return place.map(at -> new Mark(source, at.getLine() + 1, at.getColumn() + 1))
                .orElse(Mark.whole(source));
    }

    static Problem of(ReaderException broken, SourceText source, String content) {
        int offset = Math.min(
                content.offsetByCodePoints(0, Math.min(broken.getPosition(), content.codePointCount(0, content.length()))),
                content.length());
        return new Problem(
                        ErrorCode.YAML_SYNTAX,
                        markAt(offset, source, content),
                        String.format("the character U+%04X cannot stand in YAML", broken.getCodePoint()))
                .hinting("remove it, or write it as an escape within double quotes");
    }

    /** The place of the character at this offset. */
    static Mark markAt(int offset, SourceText source, String content) {
        String before = content.substring(0, Math.min(offset, content.length()));
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        int start = before.lastIndexOf('\n') + 1;
        return new Mark(source, line, before.codePointCount(start, before.length()) + 1);
    }

    private static boolean indentedByTab(String content, int line) {
        String text = content.lines().skip(Math.max(0, line - 1)).findFirst().orElse("");
        String indentation = text.substring(0, text.length() - text.stripLeading().length());
        return indentation.indexOf('\t') >= 0;
    }
}
