/**
 * The command line: one class per command, wired in {@link io.leat.cli.Program}.
 *
 * <p>{@link io.leat.cli.Main} starts a {@link io.leat.cli.Program}, which parses the arguments, runs one command and turns every
 * failure into a message and an exit code. A command gets a {@link io.leat.cli.Session}: the global options, the streams and, when
 * it asks for them, the project and the engine. Nothing heavy is touched before a command needs it.
 */
@NullMarked
package io.leat.cli;

import org.jspecify.annotations.NullMarked;
