package io.leat.cli;

import org.jspecify.annotations.Nullable;

/**
 * What the doctor says of one thing.
 *
 * @param advice what to do about it; null if nothing
 */
record Finding(
        String subject,
        Verdict verdict,
        String finding,
        @Nullable String advice) {
    enum Verdict {
        OK,
        WARN,
        FAIL
    }

    static Finding ok(String subject, String finding) {
        return new Finding(subject, Verdict.OK, finding, null);
    }

    static Finding warn(String subject, String finding, String advice) {
        return new Finding(subject, Verdict.WARN, finding, advice);
    }

    static Finding fail(String subject, String finding, String advice) {
        return new Finding(subject, Verdict.FAIL, finding, advice);
    }
}
