package io.leat.cli;

import io.leat.run.Scope;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Bounds of time: the same pair for every command. */
final class BoundsOptions {
    @Option(
            names = "--start",
            paramLabel = "TIME",
            description = "Only windows from here on, by the pipeline's local time: 2024-03-10 or 2024-03-10T02.")
    @Nullable
    String start;

    @Option(
            names = "--end",
            paramLabel = "TIME",
            description = "Only windows before this; exclusive: --end 2024-01-31 leaves the 31st out.")
    @Nullable
    String end;

    Scope scope() {
        return new Scope(start, end);
    }
}
