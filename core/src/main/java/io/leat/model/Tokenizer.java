package io.leat.model;

import io.leat.config.Problems;
import io.leat.model.Token.Kind;
import io.leat.name.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts SQL into tokens as DuckDB does: nested comments, texts with doubled quotes, {@code E'…'}, dollar quotes, and SQLMesh's macros
 * on top. It never fails: what has no end goes to the end of the text and is reported.
 */
final class Tokenizer {

    private final Script script;
    private final String text;
    private final Problems problems;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Tokenizer(Script script, Problems problems) {
        this.script = script;
        this.text = script.text();
        this.problems = problems;
    }

    static List<Token> tokens(Script script, Problems problems) {
        var tokenizer = new Tokenizer(script, problems);
        while (tokenizer.at < tokenizer.text.length()) {
            tokenizer.next();
        }
        return List.copyOf(tokenizer.tokens);
    }

    private void next() {
        char c = text.charAt(at);
        if (Character.isWhitespace(c) || c == '\uFEFF' || c == '\u00A0') {
            at++;
        } else if (text.startsWith("--", at)) {
            skipLine();
        } else if (text.startsWith("/*", at)) {
            skipComment();
        } else if (c == '\'') {
            quoted(Kind.STRING, at, '\'', false);
        } else if (c == '"') {
            quoted(Kind.QUOTED, at, '"', false);
        } else if (c == '$' && dollarTag() > 0) {
            dollars(dollarTag());
        } else if (c == '@' && isMacro()) {
            macro();
        } else if (isDigit(c) || c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)) && !afterName()) {
            number();
        } else if (isWordStart(c)) {
            word();
        } else {
            symbol();
        }
    }

    private void skipLine() {
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
    }

    private void skipComment() {
        int start = at;
        int depth = 0;
        do {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < text.length());
        if (depth > 0) {
            unfinished(start, "a comment begins here and never ends", "*/");
        }
    }

    private void quoted(Kind kind, int start, char quote, boolean backslashes) {
        at = text.indexOf(quote, start) + 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\' && backslashes) {
                at += 2;
            } else if (c == quote && at + 1 < text.length() && text.charAt(at + 1) == quote) {
                at += 2;
            } else if (c == quote) {
                at++;
                add(kind, start);
                return;
            } else {
                at++;
            }
        }
        at = text.length();
        add(kind, start);
        unfinished(start, "a quoted text begins here and never ends", String.valueOf(quote));
    }

    /** The length of {@code $tag$} that stands here, or 0. */
    private int dollarTag() {
        int end = at + 1;
        while (end < text.length() && isWordStart(text.charAt(end))) {
            end++;
        }
        return end < text.length() && text.charAt(end) == '$' ? end + 1 - at : 0;
    }

    private void dollars(int length) {
        int start = at;
        String tag = text.substring(at, at + length);
        int end = text.indexOf(tag, at + length);
        at = end < 0 ? text.length() : end + length;
        add(Kind.STRING, start);
        if (end < 0) {
            unfinished(start, "a text in dollars begins here and never ends", tag);
        }
    }

    /** A letter behind the @, and no operator such as {@code <@} before it. */
    private boolean isMacro() {
        if (at + 1 >= text.length() || at > 0 && "<@&|".indexOf(text.charAt(at - 1)) >= 0) {
            return false;
        }
        char next = text.charAt(at + 1);
        return isWordStart(next) || next == '{' || next == '\'';
    }

    private void macro() {
        int start = at++;
        char c = text.charAt(at);
        if (c == '\'') {
            quoted(Kind.MACRO, start, '\'', false);
            return;
        }
        if (c == '{') {
            int end = text.indexOf('}', at);
            if (end < 0) {
                at = text.length();
                unfinished(start, "a macro variable begins here and never ends", "}");
            } else {
                at = end + 1;
            }
        } else {
            skipWord();
        }
        add(Kind.MACRO, start);
    }

    private void number() {
        int start = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean sign = (c == '+' || c == '-') && "eE".indexOf(text.charAt(at - 1 < start ? start : at - 1)) >= 0;
            if (!isDigit(c) && !isWordStart(c) && c != '.' && !sign) {
                break;
            }
            at++;
        }
        add(Kind.NUMBER, start);
    }

    private void word() {
        int start = at;
        skipWord();
        boolean prefix = at - start == 1 && at < text.length() && text.charAt(at) == '\'';
        if (prefix && "eExXbB".indexOf(text.charAt(start)) >= 0) {
            quoted(Kind.STRING, start, '\'', "eE".indexOf(text.charAt(start)) >= 0);
        } else {
            add(Kind.WORD, start);
        }
    }

    private void skipWord() {
        while (at < text.length()
                && (isWordStart(text.charAt(at)) || isDigit(text.charAt(at)) || text.charAt(at) == '$')) {
            at++;
        }
    }

    private void symbol() {
        int start = at;
        boolean pair = text.startsWith(":=", at) || text.startsWith("=>", at) || text.startsWith("::", at);
        at += pair ? 2 : 1;
        add(Kind.SYMBOL, start);
    }

    private void add(Kind kind, int start) {
        tokens.add(new Token(kind, start, at, text.substring(start, at)));
    }

    private void unfinished(int start, String message, String end) {
        problems.add(script.problem(ErrorCode.SQL_SYNTAX, start, message).expecting("'" + end + "'"));
    }

    /** In {@code t.1} the point belongs to no number. */
    private boolean afterName() {
        return !tokens.isEmpty()
                && tokens.getLast().isName()
                && tokens.getLast().end() == at;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80 && c != '\u00A0' && c != '\uFEFF';
    }
}
