package io.leat.run;

import io.leat.name.EnvironmentName;
import io.leat.project.Node;
import io.leat.project.Project;
import io.leat.state.Record;
import io.leat.state.RecordQuery;
import io.leat.state.StateReader;
import io.leat.state.Status;
import io.leat.time.Grid;
import io.leat.time.IntervalSet;
import io.leat.time.Window;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The windows of a pipeline or model, oldest first: those with a record, those that are due without one, and the next that will be.
 * Windows that made room for others are left out. They are read page by page: memory does not grow with their number.
 */
public final class WindowList {

    private static final int PAGE = 1000;

    private final EnvironmentName environment;
    private final StateReader state;
    private final Node node;
    private final Optional<Unrecorded> unrecorded;

    public WindowList(Project project, StateReader state, Node node) {
        this.environment = project.environment();
        this.state = state;
        this.node = node;
        this.unrecorded = project.pipeline(node)
                .filter(pipeline -> pipeline.window().isPresent())
                .map(pipeline -> new Unrecorded(pipeline, new Grids(project, state), state.now()));
    }

    /**
     * One line.
     *
     * @param window null: the record is of something else than a window
     * @param record null: there is none
     * @param reason why there is none, or what the record says
     */
    public record Entry(
            String name,
            @Nullable Window window,
            @Nullable Record record,
            @Nullable String reason) {

        static Entry of(Record record) {
            return new Entry(record.name(), record.window().orElse(null), record, record.reason());
        }
    }

    /** The windows that overlap with the bounds; null: no bound. */
    public Stream<Entry> between(@Nullable Instant from, @Nullable Instant to) {
        Iterator<Entry> recorded = records(RecordQuery.of(environment)
                        .pipeline(node.name())
                        .between(from, to)
                        .order(RecordQuery.Order.OLDEST_WINDOW_FIRST))
                .iterator();
        Iterator<Entry> missing = unrecorded
                .map(each -> missing(each, from, to))
                .orElse(Stream.empty())
                .iterator();
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(new Merged(recorded, missing), Spliterator.ORDERED), false);
    }

    /** Only those with a record in one of the statuses. */
    public Stream<Entry> between(@Nullable Instant from, @Nullable Instant to, Status status) {
        return pages(RecordQuery.of(environment)
                        .pipeline(node.name())
                        .between(from, to)
                        .order(RecordQuery.Order.OLDEST_WINDOW_FIRST)
                        .statuses(status))
                .map(Entry::of);
    }

    private Stream<Entry> records(RecordQuery query) {
        return pages(query)
                .filter(record ->
                        record.status() != Status.SUPERSEDED || record.window().isEmpty())
                .map(Entry::of);
    }

    private Stream<Record> pages(RecordQuery query) {
        return IntStream.iterate(0, start -> start + PAGE)
                .mapToObj(start -> state.records(query.page(PAGE, start)))
                .takeWhile(page -> !page.isEmpty())
                .flatMap(List::stream);
    }

    private Stream<Entry> missing(Unrecorded missing, @Nullable Instant from, @Nullable Instant to) {
        WindowCalendar calendar = missing.calendar();
        Grid grid = calendar.grid();
        Instant now = state.now();
        Instant first = grid.start();
        Optional<Window> upcoming = calendar.upcoming(now).findFirst();
        Optional<Window> newest = calendar.newest(now);
        Instant last = upcoming.or(() -> newest).map(Window::end).orElse(first);
        Instant start = from == null || from.isBefore(first) ? first : from;
        Instant end = to == null || to.isAfter(last) ? last : to;
        if (!start.isBefore(end)) {
            return Stream.empty();
        }
        Window range = new Window(grid.windowAt(start).map(Window::start).orElse(start), grid.ceiling(end));
        return grid.tiles(IntervalSet.of(range).minus(state.recorded(environment, node.name())))
                .map(window ->
                        new Entry(node.name() + "@" + grid.labelText(window), window, null, missing.reason(window)));
    }

    /** Two lists, both in the order of windows, as one. Records of something else come where they are. */
    private static final class Merged implements Iterator<Entry> {
        private final Iterator<Entry> some;
        private final Iterator<Entry> others;
        private @Nullable Entry nextOfSome;
        private @Nullable Entry nextOfOthers;

        Merged(Iterator<Entry> some, Iterator<Entry> others) {
            this.some = some;
            this.others = others;
            this.nextOfSome = next(some);
            this.nextOfOthers = next(others);
        }

        private static @Nullable Entry next(Iterator<Entry> entries) {
            return entries.hasNext() ? entries.next() : null;
        }

        @Override
        public boolean hasNext() {
            return nextOfSome != null || nextOfOthers != null;
        }

        @Override
        public Entry next() {
            Entry one = nextOfSome;
            Entry other = nextOfOthers;
            if (one != null && (other == null || !isBefore(other, one))) {
                nextOfSome = next(some);
                return one;
            }
            if (other == null) {
                throw new NoSuchElementException();
            }
            nextOfOthers = next(others);
            return other;
        }

        private static boolean isBefore(Entry first, Entry second) {
            return first.window() != null
                    && second.window() != null
                    && first.window().compareTo(second.window()) < 0;
        }
    }
}
