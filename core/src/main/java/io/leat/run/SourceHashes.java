package io.leat.run;

import io.leat.source.SourceFile;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The hashes of files that this process has read, by name, size and time: a worker looks at the same files again and again.
 * Thread-safe.
 */
final class SourceHashes {

    private static final int MOST = 10_000;
    /** A file that was written to this short a time ago may change again without a new time or size. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final Map<SourceFile, String> known = new LinkedHashMap<>(64, 0.75f, true);

    /** @param now to tell whether the file may still be written to */
    String sha256(SourceFile file, Instant now) {
        return kept(file).orElseGet(() -> {
            String sha256 = file.sha256();
            if (file.modified().plus(SETTLED).isBefore(now)) {
                keep(file, sha256);
            }
            return sha256;
        });
    }

    private synchronized Optional<String> kept(SourceFile file) {
        return Optional.ofNullable(known.get(file));
    }

    private synchronized void keep(SourceFile file, String sha256) {
        known.put(file, sha256);
        if (known.size() > MOST) {
            var eldest = known.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }
}
