package io.leat.source;

import io.leat.schema.LeatType;
import io.leat.schema.RawColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all rows say of a column.
 *
 * @param values those that are not NULL
 * @param typed those of them that are no words for a missing value
 * @param distinct about how many different ones
 * @param words which words for a missing value occur, see {@link NullWords#of}
 * @param codes whether every value has two letters
 * @param examples a few values, where the sample had none
 * @param misses for each candidate the values that it does not fit
 */
record Finding(
        RawColumn raw,
        long rows,
        long values,
        long typed,
        long distinct,
        long words,
        boolean codes,
        Set<String> examples,
        List<Candidate> candidates,
        List<Long> misses,
        NumberDigits digits) {

    Finding {
        candidates = List.copyOf(candidates);
        misses = List.copyOf(misses);
    }

    /** The type that holds for every row. */
    record Choice(LeatType type, Optional<String> format, Optional<String> remark) {

        static Choice of(LeatType type) {
            return new Choice(type, Optional.empty(), Optional.empty());
        }
    }

    static Finding ofTyped(RawColumn raw, long rows, long values, long distinct) {
        return new Finding(
                raw,
                rows,
                values,
                values,
                distinct,
                0,
                false,
                Set.of(),
                List.of(),
                List.of(),
                new NumberDigits(0, 0, 0, 0));
    }

    boolean isText() {
        return raw.isText();
    }

    /** Whether a type holds only if those words stand for no value. */
    boolean needsWords() {
        return words != 0 && typed > 0 && best() != null;
    }

    /** @param nulls whether the words that occur here stand for no value */
    Choice choice(boolean nulls) {
        if (!raw.isText()) {
            return Choice.of(LeatType.ofDuckDb(raw.sqlType()));
        }
        Candidate best = best();
        if (best == null || typed == 0) {
            return Choice.of(LeatType.STRING);
        }
        if (words != 0 && !nulls) {
            return new Choice(
                    LeatType.STRING,
                    Optional.empty(),
                    Optional.of(
                            "would be " + typeOf(best).text() + " but for " + String.join(", ", NullWords.of(words))));
        }
        Optional<Candidate> swapped = swapped(best);
        if (swapped.isPresent()) {
            return new Choice(
                    LeatType.STRING,
                    Optional.empty(),
                    Optional.of("day or month first? Both " + best.format().orElseThrow() + " and "
                            + swapped.get().format().orElseThrow() + " fit: choose one as format, and type: "
                            + best.type().text()));
        }
        return new Choice(typeOf(best), best.format(), Optional.empty());
    }

    private LeatType typeOf(Candidate candidate) {
        return candidate.type().equals(Candidate.ANY_DECIMAL)
                ? digits.decimal().orElse(LeatType.DOUBLE)
                : candidate.type();
    }

    private @Nullable Candidate best() {
        List<Candidate> holding = holding();
        if (holding.isEmpty()) {
            return null;
        }
        Candidate first = holding.getFirst();
        boolean inexact = first.type().equals(Candidate.ANY_DECIMAL)
                && (digits.areDoubles() || digits.decimal().isEmpty());
        if (!inexact) {
            return first;
        }
        return holding.stream()
                .filter(candidate -> candidate.type() == LeatType.DOUBLE)
                .findFirst()
                .orElse(digits.decimal().isEmpty() ? null : first);
    }

    private Optional<Candidate> swapped(Candidate best) {
        TimeFormat format = best.time();
        return format == null
                ? Optional.empty()
                : holding().stream()
                        .filter(other -> other.time() != null && format.isSwapOf(other.time()))
                        .findFirst();
    }

    private List<Candidate> holding() {
        List<Candidate> holding = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            if (misses.get(i) == 0 && distinct >= candidates.get(i).distinct()) {
                holding.add(candidates.get(i));
            }
        }
        return holding;
    }
}
