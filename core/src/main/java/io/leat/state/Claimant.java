package io.leat.state;

import io.leat.name.RunId;
import java.time.Duration;

/**
 * Who claims, for how long, and how much of a pipeline may be in work at once.
 *
 * @param maxActive claims of the pipeline in all processes together, this one included; those of the dead do not count
 */
public record Claimant(Owner owner, RunId run, Duration lease, int maxActive) {

    public Claimant {
        if (maxActive < 1) {
            throw new IllegalArgumentException("at least one claim must be allowed, but found " + maxActive);
        }
    }

    /** Without a limit. */
    public Claimant(Owner owner, RunId run, Duration lease) {
        this(owner, run, lease, Integer.MAX_VALUE);
    }
}
