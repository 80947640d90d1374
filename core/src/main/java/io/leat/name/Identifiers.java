package io.leat.name;

import java.util.regex.Pattern;

/** The rule for names that users choose: they become tables, folders and keys, so they are plain and lower case. */
final class Identifiers {

    static final int LONGEST = 63;

    private static final Pattern IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_]*");

    private Identifiers() {}

    static String require(String what, String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(what + " is empty");
        }
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    what + " has " + text.length() + " characters, at most " + LONGEST + " are allowed");
        }
        if (!IDENTIFIER.matcher(text).matches()) {
            throw new IllegalArgumentException(what + " '" + text
                    + "' must be lower-case letters, digits and underscores, and must not begin with a digit");
        }
        return text;
    }
}
