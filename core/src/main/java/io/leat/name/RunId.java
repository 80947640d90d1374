package io.leat.name;

import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The name of one run of the program: 12 characters of lower-case base 32, the first 8 of which hold the time, so that
 * ids sort by start to within a few milliseconds. Ids of the same instant differ with high probability, not with certainty.
 */
public record RunId(String value) implements Comparable<RunId> {

    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final Pattern FORM = Pattern.compile("[0-9a-hjkmnp-tv-z]{12}");
    private static final int LENGTH = 12;
    private static final int RANDOM_BITS = 18;

    public RunId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is not the id of a run");
        }
    }

    /** A new id for a run that starts at this instant. */
    public static RunId at(Instant start, RandomGenerator random) {
        long bits = (start.toEpochMilli() << RANDOM_BITS) | random.nextLong(1L << RANDOM_BITS);
        var text = new StringBuilder(LENGTH);
        for (int shift = (LENGTH - 1) * 5; shift >= 0; shift -= 5) {
            text.append(ALPHABET.charAt((int) (bits >>> shift) & 31));
        }
        return new RunId(text.toString());
    }

    @Override
    public int compareTo(RunId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
