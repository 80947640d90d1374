package io.leat.config;

import io.leat.name.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/** Turns what the YAML library says into what a user can act on. */
final class SyntaxProblem {

    private static final String VALUE = "mapping values are not allowed";
    private static final String LIST = "sequence entries are not allowed";
    private static final String SCALAR = "expected <block end>, but found '<scalar>'";
    private static final String BLOCK = "expected <block end>";
    private static final String COLON = "could not find expected ':'";

    /** What the library says and what Leat says instead; the longer beginning first. */
    private static final Map<String, String> SAYINGS = sayings();

    private static final Map<String, String> HINTS = Map.of(
            VALUE, "check the indentation; a text that holds ': ' needs quotes",
            LIST, "begin the list on the next line, or write it as [a, b]",
            SCALAR, "a quote within single quotes is written twice: 'it''s'; else check the indentation",
            BLOCK, "check the indentation: keys of one mapping and items of one list begin in the same column",
            COLON, "write key: value; a text over several lines needs quotes or '|'");

    private SyntaxProblem() {}

    private static Map<String, String> sayings() {
        var sayings = new LinkedHashMap<String, String>();
        sayings.put(VALUE, "a ':' cannot stand here");
        sayings.put(LIST, "a list cannot begin on the line of its key");
        sayings.put(SCALAR, "this text does not fit into what stands before it");
        sayings.put(BLOCK, "the line does not fit into what stands above it");
        sayings.put(COLON, "a ':' is missing after a key");
        return sayings;
    }

    /** @param longQuote where the text in quotes begins that ends right before the place, if it goes over several lines */
    static Problem of(MarkedYamlEngineException broken, Optional<Mark> longQuote, SourceText source, String content) {
        Mark context = mark(broken.getContextMark(), source);
        Mark place = broken.getProblemMark().isPresent() ? mark(broken.getProblemMark(), source) : context;
        String said = Optional.ofNullable(broken.getProblem()).orElse("the text is not valid YAML");
        String during = Optional.ofNullable(broken.getContext()).orElse("");
        if (during.contains("quoted scalar") && said.contains("end of stream")) {
            return problem(
                    context, "the quote that begins here is not closed", "close it, or put it within other quotes");
        }
        if (said.startsWith(SCALAR) && longQuote.isPresent()) {
            return problem(
                    longQuote.get(),
                    "the quote that begins here is not closed where it should be: the text goes on to line "
                            + place.line(),
                    "close it on its line");
        }
        if (indentedByTab(content, place.line()) || said.contains("\\t")) {
            return problem(place, "a tab stands where YAML allows only spaces", "indent with spaces");
        }
        if (during.contains("flow") && lineOf(content, place.line()).contains("${")) {
            return problem(place, "${…} needs quotes within brackets", "write \"${…}\"");
        }
        if (during.contains("flow")) {
            return problem(
                    place,
                    "this does not belong into the brackets that open in line " + context.line(),
                    "close them, put a comma between items, or put the text in quotes");
        }
        if (said.startsWith("found unknown escape character")) {
            return problem(
                    place,
                    "an escape within double quotes is not known",
                    "put the text in single quotes, or write each backslash twice");
        }
        if (said.contains("cannot start any token")) {
            String character = said.replaceFirst("found character '(.*?)'.*", "$1");
            return problem(place, "a value cannot begin with " + character, "put it in quotes");
        }
        return problem(place, SAYINGS.getOrDefault(key(said), said), HINTS.get(key(said)));
    }

    private static String key(String said) {
        return SAYINGS.keySet().stream().filter(said::startsWith).findFirst().orElse("");
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
                content.offsetByCodePoints(
                        0, Math.min(broken.getPosition(), content.codePointCount(0, content.length()))),
                content.length());
        return new Problem(
                        ErrorCode.YAML_SYNTAX,
                        Mark.at(source, content, offset),
                        String.format("the character U+%04X cannot stand in YAML", broken.getCodePoint()))
                .hinting("remove it, or write it as an escape within double quotes");
    }

    private static boolean indentedByTab(String content, int line) {
        String text = lineOf(content, line);
        return text.substring(0, text.length() - text.stripLeading().length()).indexOf('\t') >= 0;
    }

    private static String lineOf(String content, int line) {
        return content.lines().skip(Math.max(0, line - 1)).findFirst().orElse("");
    }
}
