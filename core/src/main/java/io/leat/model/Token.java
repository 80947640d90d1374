package io.leat.model;

import java.util.Locale;

/** A piece of SQL text from {@code start} to {@code end}, as written. */
record Token(Kind kind, int start, int end, String text) {

    enum Kind {
        WORD,
        /** An identifier in double quotes. */
        QUOTED,
        /** A text in single quotes, of any prefix, or in dollars. */
        STRING,
        NUMBER,
        /** {@code @name}, <code>@{name}</code>, or {@code @} before a text. */
        MACRO,
        /** One character, or one of {@code :=}, {@code =>}, {@code ::}. */
        SYMBOL
    }

    boolean is(String symbolOrWord) {
        return switch (kind) {
            case SYMBOL -> text.equals(symbolOrWord);
            case WORD -> text.equalsIgnoreCase(symbolOrWord);
            default -> false;
        };
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    /** What the token stands for: an identifier or a text without its quotes, a macro's name in lower case. */
    String value() {
        return switch (kind) {
            case QUOTED -> text.substring(1, Math.max(1, text.length() - 1)).replace("\"\"", "\"");
            case STRING -> unquoted();
            case MACRO -> text.replaceAll("[@{}]", "").toLowerCase(Locale.ROOT);
            default -> text;
        };
    }

    private String unquoted() {
        if (text.startsWith("$")) {
            int length = text.indexOf('$', 1) + 1;
            return text.substring(length, Math.max(length, text.length() - length));
        }
        int quote = text.indexOf('\'');
        return text.substring(quote + 1, Math.max(quote + 1, text.length() - 1)).replace("''", "'");
    }

    boolean touches(Token next) {
        return end == next.start;
    }
}
