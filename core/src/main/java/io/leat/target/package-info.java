/**
 * Where the rows of a pipeline go: {@link io.leat.target.TargetSpec} names the table and how a slice is written to it.
 *
 * <p>A target publishes a slice as a whole, once, or not at all.
 */
@NullMarked
package io.leat.target;

import org.jspecify.annotations.NullMarked;
