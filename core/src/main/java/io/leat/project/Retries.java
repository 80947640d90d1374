package io.leat.project;

import io.leat.config.Key;
import io.leat.config.ObjectShape;
import io.leat.config.Shape;
import io.leat.time.TimeSpan;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often a slice is tried when what failed may work later, and how long is waited in between: longer each time, up to a limit.
 *
 * @param attempts the first one included
 * @param first the wait before the second attempt
 */
public record Retries(int attempts, TimeSpan first, BigDecimal factor, TimeSpan limit) {

    private static final Key<Integer> ATTEMPTS =
            Key.optional("attempts", Shape.count(1, 100), "How often a slice is tried, the first time included.", "3");
    private static final Key<TimeSpan> FIRST =
            Key.optional("first", Shape.duration(), "How long to wait before the second attempt.", "1s");
    private static final Key<BigDecimal> FACTOR =
            Key.optional("factor", Shape.number(), "By how much each wait is longer than the one before.", "2");
    private static final Key<TimeSpan> LIMIT = Key.optional("limit", Shape.duration(), "The longest wait.", "1m");

    static final ObjectShape<Retries> SHAPE = Shape.object(
            "retries",
            "What happens when something fails that may work later. Wrong data and wrong settings are not tried again.",
            fields ->
                    new Retries(fields.value(ATTEMPTS), fields.value(FIRST), fields.value(FACTOR), fields.value(LIMIT)),
            ATTEMPTS,
            FIRST,
            FACTOR,
            LIMIT);

    public Retries {
        if (factor.compareTo(BigDecimal.ONE) < 0 || factor.compareTo(BigDecimal.valueOf(100)) > 0) {
            throw new IllegalArgumentException("expected a factor from 1 to 100, but found " + factor.toPlainString());
        }
    }

    /** Whether there is another attempt after so many. */
    public boolean again(int made) {
        return made < attempts;
    }

    /**
     * How long to wait after so many attempts: between half of the full wait and all of it, so that those who failed together do
     * not come back together.
     */
    public Duration pause(int made, RandomGenerator random) {
        double full = first.length().toMillis() * Math.pow(factor.doubleValue(), Math.max(0, made - 1));
        double most = Math.min(full, (double) limit.length().toMillis());
        return Duration.ofMillis(Math.round(most / 2 + random.nextDouble() * most / 2));
    }
}
