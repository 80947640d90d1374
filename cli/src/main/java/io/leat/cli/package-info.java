/** The command line: one class per command. */
@NullMarked
package io.leat.cli;

import org.jspecify.annotations.NullMarked;
