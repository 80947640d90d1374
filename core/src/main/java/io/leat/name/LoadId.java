package io.leat.name;

import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** The name of one attempt to publish a slice: a version 7 UUID in lower case, unique everywhere, sorting by time. */
public record LoadId(String value) implements Comparable<LoadId> {

    public LoadId {
        if (!isUuid(value)) {
            throw new IllegalArgumentException("'" + value + "' is not the id of a load");
        }
    }

    /** A new id for a load that begins at this instant; the generator must be a strong one where ids meet other machines'. */
    public static LoadId at(Instant begin, RandomGenerator random) {
        long high = (begin.toEpochMilli() << 16) | 0x7000L | random.nextLong(1L << 12);
        long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new LoadId(new UUID(high, low).toString());
    }

    private static boolean isUuid(String value) {
        try {
            return UUID.fromString(value).toString().equals(value);
        } catch (IllegalArgumentException notOne) {
            return false;
        }
    }

    @Override
    public int compareTo(LoadId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
