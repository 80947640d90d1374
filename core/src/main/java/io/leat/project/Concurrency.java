package io.leat.project;

import io.leat.config.Key;
import io.leat.config.ObjectShape;
import io.leat.config.Shape;
import io.leat.time.TimeSpan;
import java.time.Duration;

/**
 * How much of a pipeline may be in work at once.
 *
 * @param maxActive claims at once, in all processes together; each is of one slice or of some that are loaded together
 * @param together the most windows that are loaded by one query and one commit
 * @param priority pipelines with more of it come first
 * @param lease how long a claim holds without renewal
 */
public record Concurrency(int maxActive, int together, int priority, Duration lease) {

    private static final Key<Integer> MAX_ACTIVE = Key.optional(
            "max_active",
            Shape.count(1, 1000),
            "How many claims may be in work at once, in all processes; a claim is a slice, or some that are loaded together.",
            "4");
    private static final Key<Integer> TOGETHER = Key.optional(
            "together", Shape.count(1, 256), "The most windows that are loaded by one query and one commit.", "256");
    private static final Key<Integer> PRIORITY =
            Key.optional("priority", Shape.count(-1000, 1000), "Pipelines with more of it come first.", "0");
    private static final Key<TimeSpan> LEASE = Key.optional(
            "lease",
            Shape.duration(),
            "How long a claim holds when its process says nothing more; it renews three times as often.",
            "90s");

    static final ObjectShape<Concurrency> SHAPE = Shape.object(
            "concurrency",
            "How much may be in work at once.",
            fields -> new Concurrency(
                    fields.value(MAX_ACTIVE),
                    fields.value(TOGETHER),
                    fields.value(PRIORITY),
                    fields.value(LEASE).length()),
            MAX_ACTIVE,
            TOGETHER,
            PRIORITY,
            LEASE);

    /** What holds for models, and for pipelines that say nothing. */
    public static final Concurrency DEFAULT = new Concurrency(4, 256, 0, Duration.ofSeconds(90));

    public Concurrency {
        if (lease.compareTo(Duration.ofSeconds(3)) < 0) {
            throw new IllegalArgumentException("a lease lasts 3s at least, but found " + lease.toMillis() + "ms");
        }
    }
}
