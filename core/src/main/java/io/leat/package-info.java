/** The facade of Leat's core and its only wiring. */
@NullMarked
package io.leat;

import org.jspecify.annotations.NullMarked;
