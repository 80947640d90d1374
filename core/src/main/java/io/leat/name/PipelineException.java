package io.leat.name;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The failure that users meet: a code, a sentence, the facts around it, and what to do next. The message never holds a
 * secret and never needs the stack trace to be understood.
 */
public class PipelineException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    @SuppressWarnings("serial") // always an unmodifiable LinkedHashMap, which is serialisable
    private final Map<String, String> context;

    private final @Nullable String hint;

    public PipelineException(ErrorCode code, String message) {
        this(code, message, Map.of(), null);
    }

    public PipelineException(ErrorCode code, String message, Throwable cause) {
        this(code, message, Map.of(), cause);
    }

    /** The context is a few facts such as pipeline, slice, file; it is printed in the given order. */
    public PipelineException(ErrorCode code, String message, Map<String, String> context, @Nullable Throwable cause) {
        this(code, message, context, cause, null);
    }

    protected PipelineException(
            ErrorCode code,
            String message,
            Map<String, String> context,
            @Nullable Throwable cause,
            @Nullable String hint) {
        super(message, cause);
        this.code = code;
        this.context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
        this.hint = hint;
    }

    /** The same failure with a sentence that says what to do next. */
    public PipelineException withHint(String sentence) {
        var copy = new PipelineException(code, message(), context(), getCause(), sentence);
        copy.setStackTrace(getStackTrace());
        return copy;
    }

    /** The same failure with one more fact. */
    public PipelineException with(String fact, String value) {
        var facts = new LinkedHashMap<>(context());
        facts.put(fact, value);
        var copy = new PipelineException(code, message(), facts, getCause(), hint);
        copy.setStackTrace(getStackTrace());
        return copy;
    }

    public ErrorCode code() {
        return code;
    }

    /** The sentence with those facts of the context that it does not name: {@code it is cut off (file: a.csv)}. */
    public String told() {
        String facts = unnamed().entrySet().stream()
                .map(fact -> fact.getKey() + ": " + fact.getValue())
                .collect(Collectors.joining(", "));
        return facts.isEmpty() ? message() : message() + " (" + facts + ")";
    }

    /** The facts of the context that the sentence does not name. */
    public Map<String, String> unnamed() {
        var facts = new LinkedHashMap<>(context);
        facts.values().removeIf(value -> message().contains(value));
        return facts;
    }

    /** The sentence, without code and context. */
    public String message() {
        return String.valueOf(getMessage());
    }

    public Map<String, String> context() {
        return context;
    }

    /** What to do next. */
    public Optional<String> hint() {
        return Optional.ofNullable(hint);
    }
}
