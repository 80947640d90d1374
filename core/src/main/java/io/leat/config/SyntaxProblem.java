package io.leat.config;

import io.leat.name.ErrorCode;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/** Turns what the YAML library says into what a user can act on. */
final class SyntaxProblem {

    private SyntaxProblem() {}

    static Problem of(MarkedYamlEngineException broken, SourceText source, String content) {
        Mark mark = broken.getProblemMark()
                .or(broken::getContextMark)
                .map(place -> new Mark(source, place.getLine() + 1, place.getColumn() + 1))
                .orElse(Mark.whole(source));
        String said = Optional.ofNullable(broken.getProblem()).orElse("the text is not valid YAML");
        Problem problem = new Problem(ErrorCode.YAML_SYNTAX, mark, said);
        if (lineBegins(content, mark.line(), '\t') || said.contains("\\t")) {
            return new Problem(ErrorCode.YAML_SYNTAX, mark, "a tab stands where YAML allows only spaces")
                    .hinting("indent with spaces");
        }
        if (said.startsWith("mapping values are not allowed")) {
            return new Problem(ErrorCode.YAML_SYNTAX, mark, "a ':' cannot stand here")
                    .hinting("check the indentation; a text that holds ': ' needs quotes");
        }
        if (said.startsWith("expected <block end>")) {
            return new Problem(ErrorCode.YAML_SYNTAX, mark, "the line does not fit into what stands above it")
                    .hinting("check the indentation: keys of one mapping and items of one list begin in the same column");
        }
        if (said.startsWith("could not find expected ':'")) {
            return new Problem(ErrorCode.YAML_SYNTAX, mark, "a ':' is missing after a key")
                    .hinting("write key: value; a text over several lines needs quotes or '|'");
        }
        if (said.contains("cannot start any token") || said.contains("that cannot start")) {
            return problem.hinting("put the value in quotes");
        }
        if (said.contains("but got") || said.contains("but found")) {
            return problem.hinting("check brackets and quotes: one is perhaps not closed");
        }
        return problem;
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

    private static boolean lineBegins(String content, int line, char wanted) {
        return content.lines()
                .skip(Math.max(0, line - 1))
                .findFirst()
                .map(text -> text.stripLeading().length() < text.length()
                        && text.substring(0, text.length() - text.stripLeading().length())
                                        .indexOf(wanted)
                                >= 0)
                .orElse(false);
    }
}
