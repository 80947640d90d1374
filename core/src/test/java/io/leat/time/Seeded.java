package io.leat.time;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Runs a property many times with random input; a failure names the seed, and {@code -Dleat.seed=…} runs that one alone, {@code
 * -Dleat.samples=…} as many as it says.
 */
public final class Seeded {

    private static final long FIRST = 20_010_101L;

    private Seeded() {}

    /** @param times how often in a build */
    public static void check(int times, Consumer<RandomGenerator> property) {
        var only = Long.getLong("leat.seed");
        long first = only == null ? FIRST : only;
        long samples = only == null ? Long.getLong("leat.samples", times) : 1;
        for (long seed = first; seed < first + samples; seed++) {
            try {
                property.accept(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("fails with -Dleat.seed=" + seed + ": " + failure.getMessage(), failure);
            }
        }
    }
}
