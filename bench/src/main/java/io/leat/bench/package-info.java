/**
 * Benchmarks: {@link io.leat.bench.Bench} runs a {@link io.leat.bench.Benchmark} in alternating pairs of fresh processes, Leat against
 * the least that the same machine needs for the same, and compares what both wrote. {@link io.leat.bench.Command} measures one process
 * with all that it starts; {@link io.leat.bench.Measurements} generates the input, the same bytes for the same seed.
 */
@NullMarked
package io.leat.bench;

import org.jspecify.annotations.NullMarked;
