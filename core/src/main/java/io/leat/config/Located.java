package io.leat.config;

import java.util.function.Function;

/** A value with the place where a user wrote it, for problems that show only later, such as a name that is not known. */
public record Located<T>(T value, Mark mark) {

    public <R> Located<R> map(Function<? super T, ? extends R> change) {
        return new Located<>(change.apply(value), mark);
    }
}
