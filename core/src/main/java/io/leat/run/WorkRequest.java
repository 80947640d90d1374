package io.leat.run;

import io.leat.project.Selection;
import java.time.Duration;

/**
 * What a worker is asked for.
 *
 * @param slots how many groups of slices are loaded at once; they share memory and threads
 * @param poll how often to look whether something is due
 */
public record WorkRequest(Selection selection, int slots, Duration poll) {

    public WorkRequest {
        if (slots < 1) {
            throw new IllegalArgumentException("a worker needs a slot, but found " + slots);
        }
        if (!poll.isPositive()) {
            throw new IllegalArgumentException("a worker has to look now and then, but found " + poll);
        }
    }
}
