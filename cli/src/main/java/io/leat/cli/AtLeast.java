package io.leat.cli;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;

/** Requires of numbers that people type that they are not too small. */
final class AtLeast {
    private AtLeast() {}

    static int one(String option, int number) {
        return least(1, option, number);
    }

    static int zero(String option, int number) {
        return least(0, option, number);
    }

    private static int least(int least, String option, int number) {
        if (number < least) {
            throw new PipelineException(
                    ErrorCode.BAD_ARGUMENT, option + " " + number + ": expected a number from " + least + " on");
        }
        return number;
    }
}
