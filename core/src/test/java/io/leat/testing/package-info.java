/** Real servers and broken wires for tests; the other modules take this package from core's test jar. */
@NullMarked
package io.leat.testing;

import org.jspecify.annotations.NullMarked;
