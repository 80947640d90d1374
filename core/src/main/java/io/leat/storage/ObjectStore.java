package io.leat.storage;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Objects under keys such as {@code dev/lake/bronze/flights/metadata/x.json}. An object appears whole or not at all and is
 * durable once the call that writes it returns. Safe for use by several threads and processes.
 *
 * <p>Every method throws a {@link io.leat.name.PipelineException}: E402 when the storage is full, E403 when access is
 * denied, else E002. A key that leaves the store ({@code ..}, an absolute path) is an {@link IllegalArgumentException}.
 */
public interface ObjectStore {

    /** What a listing tells of an object. */
    record Entry(String key, long bytes, Instant modified) {}

    /** Writes the object unless there is one under the key; of several writers at once exactly one is told {@code true}. */
    boolean putIfAbsent(String key, byte[] content);

    /** Writes the object in place of what is there. */
    void put(String key, byte[] content);

    /** The whole object, for small ones; empty if there is none. */
    Optional<byte[]> read(String key);

    /** At most {@code length} bytes from {@code offset}; empty if there is no such object. */
    Optional<byte[]> read(String key, long offset, int length);

    /** All objects whose keys begin with the folder's name and a slash, in no order; to be closed. */
    Stream<Entry> list(String folder);

    /** Removes the object; nothing happens if there is none. */
    void delete(String key);

    /** Copies an object over what is there under the other key. */
    void copy(String from, String to);
}
