/**
 * Tables of PostgreSQL as targets. {@link io.leat.target.postgres.PostgresTarget} publishes slices there: rows, ledger and fences change
 * in one transaction of that database, and the state store learns of it afterwards. {@code Fences} keep out whoever lost a slice,
 * {@code TargetLedger} holds what is published, {@code TableCatalog} which tables are Leat's and what their columns are; {@code
 * BinaryCopy} carries rows from DuckDB to the server.
 */
@NullMarked
package io.leat.target.postgres;

import org.jspecify.annotations.NullMarked;
