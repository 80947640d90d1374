/**
 * Models: SQL files in SQLMesh's form, read, checked and brought into order, without running them.
 *
 * <p>{@link io.leat.model.Models#read} reads a project's {@code models} and {@code audits} folders into {@link
 * io.leat.model.Model}s, with every problem located. {@link io.leat.model.ModelGraph} connects them with each other and with the
 * tables that pipelines fill. {@link io.leat.model.Analyzer} is DuckDB's parser and binder: it finds the tables a query reads and
 * the columns it gives. {@link io.leat.model.Model#sql} is the query to run for a window, with a relation in place of each table;
 * {@link io.leat.model.Fingerprint} tells whether two versions of a model give the same rows.
 */
@NullMarked
package io.leat.model;

import org.jspecify.annotations.NullMarked;
