package io.leat.config;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** A shape whose value is made into another one. */
final class ConvertedShape<S, T> extends Shape<T> {

    private final Shape<S> written;
    private final BiFunction<? super S, ? super Mark, ? extends T> change;
    private final String expectation;

    ConvertedShape(
            Shape<S> written, BiFunction<? super S, ? super Mark, ? extends T> change, Optional<String> expectation) {
        this.written = written;
        this.change = change;
        this.expectation = expectation.orElseGet(written::expectation);
    }

    @Override
    public Optional<T> read(Node node, Problems problems) {
        var scratch = new Problems();
        Optional<S> value = written.read(node, scratch);
        for (Problem problem : scratch.sorted()) {
            boolean own =
                    problem.mark().equals(node.mark()) && written.expectation().equals(problem.expected());
            problems.add(own ? problem.expecting(expectation) : problem);
        }
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(change.apply(value.get(), node.mark()));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException wrong) {
            problems.add(new Problem(ErrorCode.WRONG_VALUE, node.mark(), String.valueOf(wrong.getMessage()))
                    .expecting(expectation));
        } catch (PipelineException wrong) {
            problems.add(new Problem(
                    wrong.code(),
                    node.mark(),
                    wrong.message(),
                    null,
                    wrong.hint().orElse(null)));
        }
        return Optional.empty();
    }

    @Override
    public String expectation() {
        return expectation;
    }

    @Override
    boolean accepts(Node node) {
        return written.accepts(node);
    }

    @Override
    boolean acceptsNothing() {
        return written.acceptsNothing();
    }

    @Override
    Map<String, Object> schema(SchemaDefinitions definitions) {
        return written.schema(definitions);
    }

    @Override
    List<Shape<?>> parts() {
        return List.of(written);
    }
}
