package io.leat.time;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Runs a property many times with random input; a failure names the seed, and {@code -Dleat.seed=…} runs that one alone. */
public final class Seeded {

    private static final long FIRST = 20_010_101L;

    private Seeded() {}

    public static void check(int times, Consumer<RandomGenerator> property) {
        var only = Long.getLong("leat.seed");
        for (var seed = only == null ? FIRST : only; seed < (only == null ? FIRST + times : only + 1); seed++) {
            try {
                property.accept(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("fails with -Dleat.seed=" + seed + ": " + failure.getMessage(), failure);
            }
        }
    }
}
