/**
 * Time as Leat sees it: half-open windows of instants on a pipeline's calendar grid.
 *
 * <p>{@link io.leat.time.Grid} tiles time with {@link io.leat.time.Window}s of one or several {@link io.leat.time.Granularity}s; {@link
 * io.leat.time.Slice} is the unit of loading and its text; {@link io.leat.time.IntervalSet} says what is done and what is due; {@link
 * io.leat.time.LocalTimeline} hands a zone's rules to SQL, which never gets a zone name; {@link io.leat.time.Cron} says when to run; {@link
 * io.leat.time.TimeSpan} is an exact length of time. All is immutable, works on whole seconds, and nothing reads the system clock.
 */
@NullMarked
package io.leat.time;

import org.jspecify.annotations.NullMarked;
