/**
 * The lake: Iceberg tables on object storage, written by DuckDB and committed inside a transaction of the state store.
 *
 * <p>{@link io.leat.lake.DuckDb} is a session with limits.
 */
@NullMarked
package io.leat.lake;

import org.jspecify.annotations.NullMarked;
