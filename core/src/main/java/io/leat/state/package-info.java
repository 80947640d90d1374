/**
 * What Leat remembers: records and their claims, the ledger of published loads with its fences, the pointers of the
 * lake's tables, the index of source files, check results, runs and the audit log.
 *
 * <p>{@link io.leat.state.StateReader} is the door for whoever only looks, {@link io.leat.state.StateStore} the one
 * that writes; each of its methods is one transaction. {@link io.leat.state.SqliteState} opens a store in a file, {@link
 * io.leat.state.PostgresState} one on a database server. Values ({@link io.leat.state.Record}, {@link io.leat.state.Load}, …) are immutable; instants are the store's.
 *
 * <p>Inside, one class holds the SQL of one table ({@code …Table}), in statements that SQLite and PostgreSQL share;
 * what differs is behind {@code Database} and {@code Dialect}.
 */
@NullMarked
package io.leat.state;

import org.jspecify.annotations.NullMarked;
