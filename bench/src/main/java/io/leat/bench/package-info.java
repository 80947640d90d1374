/** Benchmarks against plain engines, side by side in one run. */
@NullMarked
package io.leat.bench;

import org.jspecify.annotations.NullMarked;
