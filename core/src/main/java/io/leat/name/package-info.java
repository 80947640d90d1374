/**
 * The words that every other package speaks: names as types, quoting of SQL, and errors with a code.
 *
 * <ul>
 *   <li>{@link io.leat.name.TableName}, {@link io.leat.name.PipelineName}, {@link io.leat.name.EnvironmentName}: names
 *       that a user chose; an invalid one cannot exist
 *   <li>{@link io.leat.name.RunId}, {@link io.leat.name.LoadId}: names that Leat makes
 *   <li>{@link io.leat.name.Sql}: the one place where identifiers and literals are quoted
 *   <li>{@link io.leat.name.PipelineException} with its {@link io.leat.name.ErrorCode}: who must act, whether a retry can
 *       help, which exit code; {@link io.leat.name.ErrorPage} is the page behind a code
 * </ul>
 */
@NullMarked
package io.leat.name;

import org.jspecify.annotations.NullMarked;
