package io.leat.schema;

/**
 * What one step did, in rows: {@code out = in + added - rejected - filtered - merged}.
 *
 * @param merged rows that a deduplicating step dropped in favour of another
 * @param added rows that a multiplying step made beyond those that came in
 */
public record StepCounts(String step, long in, long out, long rejected, long filtered, long merged, long added) {

    public StepCounts {
        if (in < 0 || out < 0 || rejected < 0 || filtered < 0 || merged < 0 || added < 0) {
            throw new IllegalArgumentException("step " + step + " counted less than nothing");
        }
        if (out != in + added - rejected - filtered - merged) {
            throw new IllegalArgumentException(
                    "step " + step + " does not add up: in " + in + " + added " + added + " - rejected " + rejected
                            + " - filtered " + filtered + " - merged " + merged + " is not out " + out);
        }
    }

    /** A step that let every row through. */
    public static StepCounts unchanged(String step, long rows) {
        return new StepCounts(step, rows, rows, 0, 0, 0, 0);
    }

    /** The counts of both together; they must be of the same step. */
    public StepCounts plus(StepCounts other) {
        if (!step.equals(other.step)) {
            throw new IllegalArgumentException("counts of " + step + " and " + other.step + " do not go together");
        }
        return new StepCounts(
                step,
                in + other.in,
                out + other.out,
                rejected + other.rejected,
                filtered + other.filtered,
                merged + other.merged,
                added + other.added);
    }
}
