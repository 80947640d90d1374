/**
 * The validated whole: {@link io.leat.project.Project} is a folder read once into one immutable value, or a list of every
 * problem in it.
 *
 * <p>{@link io.leat.project.Settings} is {@code leat.yaml}; {@link io.leat.project.Pipeline} one file of {@code
 * pipelines/}; models come from {@link io.leat.model}. {@link io.leat.project.Selection} is the one grammar by which
 * commands choose among pipelines and models. {@link io.leat.project.ProjectSchemas} has the JSON Schemas and the
 * reference of the keys.
 */
@NullMarked
package io.leat.project;

import org.jspecify.annotations.NullMarked;
