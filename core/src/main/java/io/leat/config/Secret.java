package io.leat.config;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A value that must not be shown. It prints as {@code ***}, is not serialisable, equals only itself, and is asked of its
 * provider when it is needed: a project whose secrets are not all set can be validated, and run where they are not used.
 */
public final class Secret {

    private static final String MASK = "***";

    private final String name;
    private final Mark mark;
    private final Supplier<Optional<String>> source;

    private Secret(String name, Mark mark, Supplier<Optional<String>> source) {
        this.name = name;
        this.mark = mark;
        this.source = source;
    }

    /** A secret that is looked up at each use, under the name and at the place where the configuration asks for it. */
    static Secret lookedUp(String name, Mark mark, Supplier<Optional<String>> source) {
        return new Secret(name, mark, source);
    }

    /** A value that stands in the configuration itself. */
    static Secret written(Mark mark, String value) {
        return new Secret("written at " + mark, mark, () -> Optional.of(value));
    }

    /** Whether a provider has it now. */
    public boolean isSet() {
        return source.get().isPresent();
    }

    /** The problem of a secret that is not set, for validation; empty if it is set. */
    public Optional<Problem> problem() {
        return isSet()
                ? Optional.empty()
                : Optional.of(new Problem(ErrorCode.UNSET_REFERENCE, mark, "the secret " + name + " is not set")
                        .hinting(remedy()));
    }

    /**
     * The value. Pass it on, never keep or print it.
     *
     * @throws PipelineException (E105) if no provider has it
     */
    public String reveal() {
        return source.get()
                .orElseThrow(() -> new PipelineException(
                                ErrorCode.UNSET_REFERENCE,
                                "the secret " + name + " is not set",
                                Map.of("at", mark.toString()),
                                null)
                        .withHint(remedy()));
    }

    private String remedy() {
        return "set LEAT_SECRET_" + name + " or " + name
                + " in the environment or in .env, or write the file /run/secrets/" + name;
    }

    @Override
    public String toString() {
        return MASK;
    }
}
