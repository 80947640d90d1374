package io.leat.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brackets in a list of tokens. */
final class Brackets {

    private Brackets() {}

    /** The index of the token that closes the bracket at this index, or negative if there is none. */
    static int closing(List<Token> tokens, int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += change(tokens.get(i));
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** What stands between the commas that are in no bracket; nothing at all is no part, and neither is what follows the last comma. */
    static List<List<Token>> parts(List<Token> tokens) {
        var parts = new ArrayList<List<Token>>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < tokens.size(); i++) {
            depth += change(tokens.get(i));
            if (depth == 0 && tokens.get(i).is(",")) {
                parts.add(tokens.subList(start, i));
                start = i + 1;
            }
        }
        if (start < tokens.size()) {
            parts.add(tokens.subList(start, tokens.size()));
        }
        return parts;
    }

    /** The first token that is nested deeper than so many brackets. */
    static Optional<Token> deeperThan(int most, List<Token> tokens) {
        int depth = 0;
        for (Token token : tokens) {
            depth += change(token);
            if (depth > most) {
                return Optional.of(token);
            }
        }
        return Optional.empty();
    }

    /** By how much a token changes the depth. */
    static int change(Token token) {
        return switch (token.kind() == Token.Kind.SYMBOL ? token.text() : "") {
            case "(", "[", "{" -> 1;
            case ")", "]", "}" -> -1;
            default -> 0;
        };
    }
}
