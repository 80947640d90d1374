package io.leat.schema;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;

/** What holds for names of columns and fields alike. */
final class Names {

    private Names() {}

    /** Names differ by more than case: the engines below do not tell such names apart. */
    static void requireUnique(Collection<String> names, String kind) {
        var seen = new HashSet<String>();
        for (String name : names) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("a " + kind + " needs a name");
            }
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("the " + kind + " " + name + " is there twice");
            }
        }
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
