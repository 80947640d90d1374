package io.leat.config;

import io.leat.config.Node.Mapping;
import java.util.List;
import java.util.Optional;

/** A part of a mapping with known keys: one {@link Key}, or a {@link Choice} among several. */
public abstract sealed class Member<T> permits Key, Choice {

    Member() {}

    /** The keys that it takes. */
    abstract List<Key<?>> keys();

    /** Whether the mapping is incomplete without it. */
    abstract boolean required();

    /**
     * The value, or empty after a problem was added.
     *
     * @param silent keys whose absence has been reported already, by a guess at what another key was meant to be
     */
    abstract Optional<T> read(Mapping mapping, String object, List<String> silent, Problems problems);
}
