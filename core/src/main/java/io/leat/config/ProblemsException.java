package io.leat.config;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The configuration is invalid; nothing was started. The code is that of the only problem, or {@link
 * ErrorCode#CONFIGURATION} for several; the message renders
 * the first 100 of them.
 */
public final class ProblemsException extends PipelineException {

    private static final long serialVersionUID = 1;

    private static final int MOST_SHOWN = 100;

    private final transient List<Problem> problems;

    /** At least one problem, in the order in which they are to be shown. */
    public ProblemsException(List<Problem> problems) {
        super(codeOf(problems), text(problems), Map.of(), null);
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    private static ErrorCode codeOf(List<Problem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("no problem to throw");
        }
        return problems.size() == 1 ? problems.getFirst().code() : ErrorCode.CONFIGURATION;
    }

    private static String text(List<Problem> problems) {
        if (problems.size() == 1) {
            return problems.getFirst().renderWithoutCode();
        }
        String all = problems.stream().limit(MOST_SHOWN).map(Problem::render).collect(Collectors.joining("\n\n"));
        String unseen = problems.size() > MOST_SHOWN ? ", of which the first " + MOST_SHOWN + " are shown" : "";
        return all + "\n\n" + problems.size() + " problems" + unseen;
    }
}
