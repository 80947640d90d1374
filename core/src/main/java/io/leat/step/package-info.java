/**
 * What happens to rows between source and target.
 *
 * <p>{@link io.leat.step.Columns} declares and judges columns, {@link io.leat.step.Step} is one operation on rows; both are read from
 * a project. {@link io.leat.step.Program} is what they compile to: SQL over raw rows, one text for input without faults and one that
 * gives every row its fate. {@link io.leat.step.Expressions} refuses SQL of users that is not one deterministic expression.
 */
@NullMarked
package io.leat.step;

import org.jspecify.annotations.NullMarked;
