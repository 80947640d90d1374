package io.leat.time;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What some things stand for, one after another, each made when it is asked for. {@link Stream#flatMap} makes all that one thing stands
 * for as soon as an iterator asks for the first of it.
 */
final class InTurn<T, R> implements Iterator<R> {

    private final Iterator<T> from;
    private final Function<T, Stream<R>> expansion;
    private Iterator<R> current = Collections.emptyIterator();

    private InTurn(Iterator<T> from, Function<T, Stream<R>> expansion) {
        this.from = from;
        this.expansion = expansion;
    }

    static <T, R> Stream<R> of(Stream<T> from, Function<T, Stream<R>> expansion) {
        var all = new InTurn<>(from.iterator(), expansion);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(all, Spliterator.ORDERED), false);
    }

    @Override
    public boolean hasNext() {
        while (!current.hasNext() && from.hasNext()) {
            current = expansion.apply(from.next()).iterator();
        }
        return current.hasNext();
    }

    @Override
    public R next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return current.next();
    }
}
