package io.leat.state;

import java.time.Instant;
import java.util.Set;

/**
 * A version of a file that takes the place of the one before.
 *
 * @param closed starts of windows in which the earlier version's rows stay, unless this one has rows for them
 */
public record NewFileVersion(FileVersion version, Set<Instant> closed) {
    public NewFileVersion {
        closed = Set.copyOf(closed);
    }
}
