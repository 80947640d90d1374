/**
 * Moves rows.
 *
 * <p>{@link io.leat.run.RowProgram} applies the columns and steps of a pipeline to raw rows, {@link io.leat.run.Judgement} holds the
 * fate of each of them.
 */
@NullMarked
package io.leat.run;

import org.jspecify.annotations.NullMarked;
