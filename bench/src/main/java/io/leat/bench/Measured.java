package io.leat.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What one run of a command took. */
record Measured(double cpuSeconds, double wallSeconds, double peakMegabytes) {
    static double median(List<Measured> runs, ToDoubleFunction<Measured> of) {
        double[] sorted = runs.stream().mapToDouble(of).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
    }
}
