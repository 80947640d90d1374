/**
 * Follows README and docs as a reader would: a {@link io.leat.cli.docs.Reader} takes a document block by block, in a {@link
 * io.leat.cli.docs.Shell}, and compares what is printed with what is written there.
 */
@NullMarked
package io.leat.cli.docs;

import org.jspecify.annotations.NullMarked;
