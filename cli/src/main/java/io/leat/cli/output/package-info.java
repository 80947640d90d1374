/**
 * How the command line speaks: data on standard output in the form that was asked for, messages and errors on standard error.
 *
 * <p>A command describes its rows once, as a {@link io.leat.cli.output.Listing} of typed columns; {@link io.leat.cli.output.Output}
 * writes them as a table for people or as JSON, NDJSON, YAML or CSV for programs, row by row. Column names are the same in every
 * form. Thousands separators, units and local times belong to the table alone.
 */
@NullMarked
package io.leat.cli.output;

import org.jspecify.annotations.NullMarked;
