/**
 * Questions to the rows of a slice: {@link io.leat.check.Check} is one as its user wrote it, {@link io.leat.check.Question}
 * what it asks, {@link io.leat.check.Answer} what came out. {@link io.leat.check.Checks} asks them all of the slices of one
 * group, as few queries as possible.
 */
@NullMarked
package io.leat.check;

import org.jspecify.annotations.NullMarked;
