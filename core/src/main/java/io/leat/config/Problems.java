package io.leat.config;

import io.leat.name.ErrorCode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Gathers everything that is wrong, so that a user sees all of it at once. Not thread-safe.
 *
 * <p>The same problem at the same place is kept once.
 */
public final class Problems {

    private final Set<Problem> found = new LinkedHashSet<>();

    public void add(Problem problem) {
        found.add(problem);
    }

    public void add(ErrorCode code, Mark mark, String message) {
        add(new Problem(code, mark, message));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** How many there are: to find out whether a part of the reading added some. */
    public int count() {
        return found.size();
    }

    /** All problems, by source, line and column. */
    public List<Problem> sorted() {
        return found.stream().sorted().toList();
    }

    /**
     * Does nothing if there is no problem.
     *
     * @throws ProblemsException with all problems otherwise
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ProblemsException(sorted());
        }
    }
}
