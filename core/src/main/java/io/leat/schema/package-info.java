/**
 * What a table holds, and how its rows are counted.
 *
 * <p>{@link io.leat.schema.LeatType}, {@link io.leat.schema.Column} and {@link io.leat.schema.Contract} describe the columns of
 * users; {@link io.leat.schema.Provenance} names the two that Leat adds. {@link io.leat.schema.Accounting} and
 * {@link io.leat.schema.StepCounts} hold the fate of every source row, {@link io.leat.schema.Sums} what must be equal after a copy.
 */
@NullMarked
package io.leat.schema;

import org.jspecify.annotations.NullMarked;
