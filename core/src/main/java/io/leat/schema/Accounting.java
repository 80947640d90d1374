package io.leat.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * The fate of every source row of a slice or a file: {@code read + expansion = loaded + rejected + filtered + deduplicated}. An
 * accounting that does not add up cannot exist.
 *
 * <p>{@code read}, {@code rejected}, {@code filtered} and {@code deduplicated} count source rows; {@code loaded} counts rows of the
 * target, {@code expansion} those among them beyond one for each source row that was loaded. The steps count rows as they flow,
 * from {@code read} to {@code loaded} without a gap; there may be none.
 */
public record Accounting(
        long read,
        long loaded,
        long rejected,
        long filtered,
        long deduplicated,
        long expansion,
        List<StepCounts> steps) {

    public static final Accounting EMPTY = new Accounting(0, 0, 0, 0, 0, 0, List.of());

    public Accounting {
        steps = List.copyOf(steps);
        if (read < 0 || loaded < 0 || rejected < 0 || filtered < 0 || deduplicated < 0 || expansion < 0) {
            throw new IllegalArgumentException("an accounting counted less than nothing");
        }
        if (read + expansion != loaded + rejected + filtered + deduplicated) {
            throw new IllegalArgumentException("rows are not accounted for: read " + read + " + expansion " + expansion
                    + " is not loaded " + loaded + " + rejected " + rejected + " + filtered " + filtered
                    + " + deduplicated " + deduplicated);
        }
        requireChain(read, loaded, steps);
        if (!steps.isEmpty() && steps.stream().allMatch(step -> step.added() == 0)) {
            requireSame(
                    "rejected",
                    rejected,
                    steps.stream().mapToLong(StepCounts::rejected).sum());
            requireSame(
                    "filtered",
                    filtered,
                    steps.stream().mapToLong(StepCounts::filtered).sum());
            requireSame(
                    "deduplicated",
                    deduplicated,
                    steps.stream().mapToLong(StepCounts::merged).sum());
        }
    }

    /** Every row read was loaded, in one go. */
    public static Accounting allLoaded(long rows) {
        return new Accounting(rows, rows, 0, 0, 0, 0, List.of());
    }

    /** The fates of the rows of both; the steps must be the same, or one side has none because it has no rows. */
    public Accounting plus(Accounting other) {
        return new Accounting(
                read + other.read,
                loaded + other.loaded,
                rejected + other.rejected,
                filtered + other.filtered,
                deduplicated + other.deduplicated,
                expansion + other.expansion,
                together(steps, other.steps));
    }

    private static List<StepCounts> together(List<StepCounts> left, List<StepCounts> right) {
        if (left.isEmpty()) {
            return right;
        }
        if (right.isEmpty()) {
            return left;
        }
        if (left.size() != right.size()) {
            throw new IllegalArgumentException("accountings of different steps do not go together");
        }
        List<StepCounts> sums = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            sums.add(left.get(i).plus(right.get(i)));
        }
        return sums;
    }

    private static void requireChain(long read, long loaded, List<StepCounts> steps) {
        long rows = read;
        for (StepCounts step : steps) {
            if (step.in() != rows) {
                throw new IllegalArgumentException(
                        "rows are lost before step " + step.step() + ": " + rows + " came, " + step.in() + " went in");
            }
            rows = step.out();
        }
        if (!steps.isEmpty() && rows != loaded) {
            throw new IllegalArgumentException(
                    "the last step let " + rows + " rows out, but " + loaded + " were loaded");
        }
    }

    private static void requireSame(String what, long total, long ofSteps) {
        if (total != ofSteps) {
            throw new IllegalArgumentException("the steps " + what + " " + ofSteps + " rows, the slice " + total);
        }
    }
}
