package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who changed what, when; {@code before} and {@code after} as JSON or plain text. */
public record AuditEntry(
        Instant at,
        String who,
        @Nullable RunId run,
        EnvironmentName environment,
        String action,
        String object,
        @Nullable String before,
        @Nullable String after) {}
