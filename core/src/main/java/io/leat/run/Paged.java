package io.leat.run;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Changes elements page by page, as they are asked for: one question to the store for each page. */
final class Paged {

    private Paged() {}

    static <T, R> Stream<R> of(Iterator<T> from, Function<List<T>, List<R>> page) {
        Iterator<List<R>> pages = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return from.hasNext();
            }

            @Override
            public List<R> next() {
                List<T> next = new ArrayList<>();
                while (from.hasNext() && next.size() < Session.GROUP) {
                    next.add(from.next());
                }
                return page.apply(next);
            }
        };
        Iterable<List<R>> once = () -> pages;
        return StreamSupport.stream(once.spliterator(), false).flatMap(List::stream);
    }
}
