/** What a new project begins with, and the rule for the folders in which one may be made. */
@NullMarked
package io.leat.cli.template;

import org.jspecify.annotations.NullMarked;
