package io.leat.run;

import io.leat.source.SourceFile;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The checksums of files that this process has read, by name, size and time: a worker looks at the same files again and again.
 * Thread-safe.
 */
final class SourceChecksums {

    private static final int MOST = 10_000;
    /** A file that was written to this short a time ago may change again without a new time or size. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final Map<SourceFile, String> known = new LinkedHashMap<>(64, 0.75f, true);

    /** @param now to tell whether the file may still be written to */
    String of(SourceFile file, Instant now) {
        return kept(file).orElseGet(() -> {
            String checksum = file.checksum();
            if (file.modified().plus(SETTLED).isBefore(now)) {
                keep(file, checksum);
            }
            return checksum;
        });
    }

    private synchronized Optional<String> kept(SourceFile file) {
        return Optional.ofNullable(known.get(file));
    }

    private synchronized void keep(SourceFile file, String checksum) {
        known.put(file, checksum);
        if (known.size() > MOST) {
            var eldest = known.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }
}
