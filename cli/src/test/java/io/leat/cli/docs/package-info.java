/** Runs the console examples of README and docs, and compares what they print with what is written there. */
@NullMarked
package io.leat.cli.docs;

import org.jspecify.annotations.NullMarked;
