/**
 * The entries of {@code connections:} in {@code leat.yaml}: where servers are and how one signs in there. A {@link
 * io.leat.connection.ConnectionSpec} is a description alone; whoever needs the server connects.
 */
@NullMarked
package io.leat.connection;

import org.jspecify.annotations.NullMarked;
