/**
 * Loading: what is due is computed, claimed, staged, checked, published, counted again.
 *
 * <p>{@link io.leat.run.Runner} goes through pipelines and models in their order; a {@link io.leat.run.SliceLoader} knows
 * one of them ({@link io.leat.run.PipelineLoader}, {@link io.leat.run.ModelLoader}); {@link io.leat.run.GroupLoad} takes
 * claimed records through their phases. {@link io.leat.run.RowProgram} applies the columns and steps of a pipeline to raw rows,
 * {@link io.leat.run.Judgement} holds the fate of each of them. {@link io.leat.run.RunReport} and {@link io.leat.run.RunEvent} say what happened.
 */
@NullMarked
package io.leat.run;

import org.jspecify.annotations.NullMarked;
