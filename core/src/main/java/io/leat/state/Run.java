package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.RunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One start of the program that may change state; its last three components are null while it runs, or if it was killed. */
public record Run(
        RunId id,
        EnvironmentName environment,
        String command,
        List<String> arguments,
        Owner owner,
        Instant started,
        @Nullable Instant ended,
        @Nullable String outcome,
        @Nullable Integer exitCode) {}
