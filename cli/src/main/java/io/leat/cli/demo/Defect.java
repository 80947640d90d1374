package io.leat.cli.demo;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong, or odd, with one record, and what must become of it.
 *
 * @param what in words
 * @param code the code of the reject, if it must be rejected
 */
record Defect(String what, Fate fate, @Nullable String code) {
    static Defect rejected(String code, String what) {
        return new Defect(what, Fate.REJECTED, code);
    }

    static Defect harmless(String what) {
        return new Defect(what, Fate.LOADED, null);
    }

    static Defect duplicate(String what) {
        return new Defect(what, Fate.DEDUPLICATED, null);
    }

    static Defect filtered(String what) {
        return new Defect(what, Fate.FILTERED, null);
    }
}
