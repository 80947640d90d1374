package io.leat.state;

/**
 * The rows of one slice by their fate. The counts balance: {@code read + expansion = staged + rejected + filtered +
 * deduplicated}.
 *
 * @param read rows of the source
 * @param staged rows that are to be seen in the target
 * @param expansion rows that a step added beyond one per origin
 */
public record Counts(long read, long staged, long rejected, long filtered, long deduplicated, long expansion) {
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    public Counts {
        if (read < 0 || staged < 0 || rejected < 0 || filtered < 0 || deduplicated < 0 || expansion < 0) {
            throw new IllegalArgumentException("counts cannot be negative");
        }
        if (read + expansion != staged + rejected + filtered + deduplicated) {
            throw new IllegalArgumentException("counts do not balance: read " + read + " + expansion " + expansion
                    + " is not staged " + staged + " + rejected " + rejected + " + filtered " + filtered
                    + " + deduplicated " + deduplicated);
        }
    }
}
