package io.leat.model;

import io.leat.config.Problems;
import io.leat.name.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A block such as {@code MODEL (key value, …)}: each key once, with the tokens of its value. */
final class HeaderBlock {

    private HeaderBlock() {}

    /** The values by key, in lower case; empty and a problem if this is no block. */
    static Optional<Map<String, HeaderValue>> read(Script script, List<Token> statement, Problems problems) {
        var word = statement.getFirst();
        if (statement.size() < 2 || !statement.get(1).is("(")) {
            problems.add(script.problem(ErrorCode.SQL_SYNTAX, word.end(), "'(' is missing behind " + word.text())
                    .expecting(word.text() + " ( name schema.table, … );"));
            return Optional.empty();
        }
        int close = Brackets.closing(statement, 1);
        if (close < 0) {
            problems.add(script.problem(ErrorCode.SQL_SYNTAX, statement.get(1).start(), "this bracket is never closed")
                    .expecting("');' at the end of the " + word.text() + " block"));
            return Optional.empty();
        }
        if (close + 1 < statement.size()) {
            problems.add(script.problem(
                            ErrorCode.SQL_SYNTAX,
                            statement.get(close).end(),
                            "';' is missing behind the " + word.text() + " block")
                    .expecting("';'"));
            return Optional.empty();
        }
        return Optional.of(properties(script, statement.subList(2, close), problems));
    }

    /** The properties between the brackets of a block or a kind. */
    static Map<String, HeaderValue> properties(Script script, List<Token> tokens, Problems problems) {
        var properties = new LinkedHashMap<String, HeaderValue>();
        for (List<Token> part : Brackets.parts(tokens)) {
            if (part.isEmpty()) {
                continue;
            }
            var key = part.getFirst();
            String name = key.value().toLowerCase(Locale.ROOT);
            if (!key.isName()) {
                problems.add(
                        script.problem(ErrorCode.SQL_SYNTAX, key.start(), "a key must stand here, not " + key.text())
                                .expecting("key value, …"));
            } else if (properties.putIfAbsent(
                            name, new HeaderValue(script, key, part.subList(1, part.size()), problems))
                    != null) {
                problems.add(script.problem(ErrorCode.DUPLICATE_NAME, key.start(), "'" + name + "' is there twice"));
            }
        }
        return properties;
    }

    /** Reports the keys that are not among the known ones. */
    static void refuseUnknown(Map<String, HeaderValue> properties, List<String> known, Problems problems) {
        properties.forEach((name, value) -> {
            if (!known.contains(name)) {
                problems.add(value.keyProblem(ErrorCode.UNKNOWN_KEY, "the key '" + name + "' is not known here")
                        .didYouMean(name, known));
            }
        });
    }
}
