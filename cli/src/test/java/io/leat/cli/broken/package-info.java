/** Projects that are broken in one way each: what the program says, how it ends, and that it changes nothing. */
@NullMarked
package io.leat.cli.broken;

import org.jspecify.annotations.NullMarked;
