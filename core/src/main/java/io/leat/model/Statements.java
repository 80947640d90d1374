package io.leat.model;

import java.util.ArrayList;
import java.util.List;

/** Cuts a script at its semicolons. */
final class Statements {

    private Statements() {}

    /** The tokens of each statement without its semicolon; empty statements are left out. */
    static List<List<Token>> of(List<Token> tokens) {
        var statements = new ArrayList<List<Token>>();
        int start = 0;
        for (int i = 0; i <= tokens.size(); i++) {
            if (i == tokens.size() || tokens.get(i).is(";")) {
                if (i > start) {
                    statements.add(tokens.subList(start, i));
                }
                start = i + 1;
            }
        }
        return statements;
    }
}
