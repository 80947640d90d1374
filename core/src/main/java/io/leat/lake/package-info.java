/**
 * The lake: Iceberg tables below one folder, written by DuckDB and committed inside a transaction of the state store.
 *
 * <p>{@link io.leat.lake.Lake} plans columns, stages rows and publishes groups of slices; {@link io.leat.lake.TableView} is
 * what readers read; {@link io.leat.lake.LakeKeeper} maintains, recovers and relocates. {@link io.leat.lake.DuckDb} is a
 * session with limits, in which all rows are worked on. Iceberg itself is seen by nobody outside.
 */
@NullMarked
package io.leat.lake;

import org.jspecify.annotations.NullMarked;
