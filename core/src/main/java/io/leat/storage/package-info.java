/**
 * Where files lie. {@link io.leat.storage.ObjectStore} is what the program needs of any storage: objects that appear whole or
 * not at all, and a put that exactly one of several writers wins. {@link io.leat.storage.LocalStore} is the local disk.
 * {@link io.leat.storage.Checksum} tells whether content is still the same.
 */
@NullMarked
package io.leat.storage;

import org.jspecify.annotations.NullMarked;
