package io.leat.cli;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import picocli.CommandLine.Option;

/** How much is done at once in one process. */
final class SlotsOption {
    private static final int MOST = 256;

    @Option(
            names = "--slots",
            paramLabel = "N",
            description =
                    "How many groups of slices are loaded at once; they share memory and threads. 1 if nothing is said.")
    private int slots = 1;

    int slots() {
        if (slots < 1 || slots > MOST) {
            throw new PipelineException(
                    ErrorCode.BAD_ARGUMENT, "--slots " + slots + ": expected a number from 1 to " + MOST);
        }
        return slots;
    }
}
