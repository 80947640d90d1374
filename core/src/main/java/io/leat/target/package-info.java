/**
 * Where rows go: {@link io.leat.target.TargetSpec} says it in a pipeline's file, a {@link io.leat.target.Target} publishes slices there,
 * each as a whole, once, or not at all. {@link io.leat.target.LakeTarget} is a table of the lake.
 */
@NullMarked
package io.leat.target;

import org.jspecify.annotations.NullMarked;
