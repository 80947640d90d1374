package io.leat.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tiles time, from the first segment's beginning on, with windows: no gap, no overlap, none empty, whatever the zone does. A local boundary
 * inside a gap of the wall clock moves to the gap's end, one that occurs twice is its first occurrence, equal boundaries are one; so a
 * repeated hour belongs to the window in which it lies, which is longer by it.
 *
 * <p>A window never crosses into the next segment: where the grids of two segments do not meet, the last window of the earlier is a shorter,
 * bridging one. Every method takes constant time, apart from {@link #windows}, which is lazy, and {@link #count}, which looks at each
 * transition of the zone in its range.
 */
public record Grid(List<Segment> segments) {

    public Grid {
        segments = List.copyOf(segments);
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("a grid has at least one segment");
        }
        for (var i = 1; i < segments.size(); i++) {
            if (!segments.get(i - 1).from().isBefore(segments.get(i).from())) {
                throw new IllegalArgumentException("a grid's segments follow one another, but found " + segments);
            }
        }
    }

    /** The grid of one segment that begins with the window which contains {@code start}. */
    public static Grid of(Granularity every, ZoneId zone, Instant start) {
        var from = new Segment(Instant.ofEpochSecond(second(start)), every, zone).floor(second(start));
        return new Grid(List.of(new Segment(Instant.ofEpochSecond(from), every, zone)));
    }

    /** The grid of one segment that begins with the window which contains a local time. */
    public static Grid of(Granularity every, ZoneId zone, LocalDateTime start) {
        return of(every, zone, Instant.ofEpochSecond(WallClock.of(zone).first(WallClock.seconds(start))));
    }

    /**
     * This grid up to the first new boundary at or after {@code settled}, the end of the last window that has a record; from there a new
     * one.
     */
    public Grid changedAfter(Instant settled, Granularity every, ZoneId zone) {
        var from = Instant.ofEpochSecond(new Segment(settled, every, zone).ceiling(second(settled)));
        var changed = new ArrayList<>(segments.stream()
                .filter(segment -> segment.from().isBefore(from))
                .toList());
        changed.add(new Segment(from, every, zone));
        return new Grid(changed);
    }

    /** Where the first window starts. */
    public Instant start() {
        return segments.getFirst().from();
    }

    /** The newest segment's granularity. */
    public Granularity every() {
        return segments.getLast().every();
    }

    /** The newest segment's zone. */
    public ZoneId zone() {
        return segments.getLast().zone();
    }

    /** The granularity that holds at an instant. */
    public Granularity everyAt(Instant instant) {
        return segments.get(segmentAt(instant)).every();
    }

    /** The zone that holds at an instant. */
    public ZoneId zoneAt(Instant instant) {
        return segments.get(segmentAt(instant)).zone();
    }

    /** The window that contains an instant; empty before the grid's start and at the end of the calendar. */
    public Optional<Window> windowAt(Instant instant) {
        if (instant.isBefore(start()) || instant.isAfter(Window.LATEST)) {
            return Optional.empty();
        }
        var at = segmentAt(instant);
        var start = startAt(instant);
        var end = Math.min(segments.get(at).after(second(instant)), endOfSegment(at));
        return end > second(Window.LATEST) || start < second(Window.EARLIEST)
                ? Optional.empty()
                : Optional.of(Window.ofSeconds(start, end));
    }

    /** The whole windows within {@code [from, to)}, in order, made as they are asked for. */
    public Stream<Window> windows(Instant from, Instant to) {
        return Stream.iterate(
                        windowFrom(from),
                        window -> window.isPresent() && !window.get().end().isAfter(to),
                        window -> windowAt(window.orElseThrow().end()))
                .map(Optional::orElseThrow);
    }

    /** The windows that share an instant with {@code [from, to)}, in order, made as they are asked for. */
    public Stream<Window> windowsTouching(Instant from, Instant to) {
        return Stream.iterate(
                        windowAt(from.isBefore(start()) ? start() : from),
                        window -> window.isPresent() && window.get().start().isBefore(to),
                        window -> windowAt(window.orElseThrow().end()))
                .map(Optional::orElseThrow);
    }

    /** The first boundary at or after an instant; the grid's start for one before it. */
    public Instant ceiling(Instant instant) {
        return windowFrom(instant).map(Window::start).orElse(instant);
    }

    /**
     * A span in windows, in order, made as they are asked for: those of the grid, and shorter ones at the ends where these are no
     * boundaries. No instant of the span is left out.
     */
    public Stream<Window> tiles(Window span) {
        return windowsTouching(span.start(), span.end()).map(window -> within(window, span));
    }

    /** The same, the last first. */
    public Stream<Window> tilesFromLast(Window span) {
        return Stream.iterate(
                        windowAt(span.end().minusSeconds(1)),
                        window -> window.isPresent() && window.get().end().isAfter(span.start()),
                        window -> previous(window.orElseThrow()))
                .map(window -> within(window.orElseThrow(), span));
    }

    /** All runs of a set in windows, as {@link #tiles(Window)} makes them. */
    public Stream<Window> tiles(IntervalSet set) {
        return InTurn.of(set.stream(), this::tiles);
    }

    /** The same, the last first. */
    public Stream<Window> tilesFromLast(IntervalSet set) {
        return InTurn.of(set.stream().toList().reversed().stream(), this::tilesFromLast);
    }

    private static Window within(Window window, Window span) {
        Instant start = window.start().isBefore(span.start()) ? span.start() : window.start();
        Instant end = window.end().isAfter(span.end()) ? span.end() : window.end();
        return new Window(start, end);
    }

    /** How many windows {@link #tiles} makes of a span that begins at or after the grid's start. */
    public long countTiles(Window span) {
        Instant first = ceiling(span.start());
        Instant last = windowAt(span.end()).map(Window::start).orElse(span.end());
        if (first.isAfter(last)) {
            return 1;
        }
        return count(first, last) + (first.isAfter(span.start()) ? 1 : 0) + (last.isBefore(span.end()) ? 1 : 0);
    }

    /** How many windows {@link #tiles(IntervalSet)} makes of a set that begins at or after the grid's start. */
    public long countTiles(IntervalSet set) {
        return set.stream().mapToLong(this::countTiles).sum();
    }

    /** How many whole windows lie within {@code [from, to)}. */
    public long count(Instant from, Instant to) {
        var first = windowFrom(from);
        var last = lastEndingAtOrBefore(to);
        if (first.isEmpty() || last.isEmpty() || last.get().compareTo(first.get()) < 0) {
            return 0;
        }
        var count = 0L;
        for (var i = 0; i < segments.size(); i++) {
            var start =
                    Math.max(second(first.get().start()), second(segments.get(i).from()));
            var end = Math.min(second(last.get().end()), endOfSegment(i));
            count += start < end ? 1 + segments.get(i).boundaries(start, end - 1) : 0;
        }
        return count;
    }

    /**
     * The window after.
     *
     * @throws IllegalArgumentException at the end of the calendar
     */
    public Window next(Window window) {
        return windowAt(window.end())
                .orElseThrow(
                        () -> new IllegalArgumentException("there is no window after " + window + " on this grid"));
    }

    /** The window before; empty for the first. */
    public Optional<Window> previous(Window window) {
        return windowAt(window.start().minusSeconds(1));
    }

    /** The newest window that is over at an instant. */
    public Optional<Window> lastEndingAtOrBefore(Instant instant) {
        if (instant.isBefore(start())) {
            return Optional.empty();
        }
        var start = startAt(instant.isAfter(Window.LATEST) ? Window.LATEST : instant);
        return windowAt(Instant.ofEpochSecond(start - 1));
    }

    /** The smallest local boundary of a window. */
    public LocalDateTime label(Window window) {
        return WallClock.dateTime(segments.get(segmentAt(window.start())).label(second(window.start())));
    }

    /**
     * The label as people type it, no longer than the granularity needs: {@code 2001}, {@code 2001-01}, {@code 2001-01-01}, {@code
     * 2001-01-01T02}, {@code 2001-01-01T02:15}. Unique within the grid: a window whose label an earlier segment has taken is written with its
     * start's offset.
     */
    public String labelText(Window window) {
        var segment = segments.get(segmentAt(window.start()));
        var label = label(window);
        var precision = segment.every().isBoundary(WallClock.seconds(label))
                ? Precision.of(segment.every())
                : Precision.of(label);
        var named = windowNamed(label, precision);
        if (named.isPresent() && named.get().start().equals(window.start())) {
            return precision.format(label);
        }
        return OffsetDateTime.ofInstant(window.start(), segment.zone()).toString();
    }

    /**
     * The window with a label text. Any local boundary of a window names it, and so does its start as an instant with offset.
     *
     * @throws IllegalArgumentException if the text is no date and time, or names no window of this grid
     */
    public Window parseLabel(String text) {
        var parsed = LocalText.parse(text);
        var start = parsed.instant();
        var window = start.isPresent()
                ? windowAt(start.get()).filter(at -> at.start().equals(start.get()))
                : windowNamed(parsed.local(), parsed.precision());
        return window.orElseThrow(() -> new IllegalArgumentException("no window of this grid (every " + every() + " in "
                + zone() + " from " + start() + ") is named '" + text + "'; expected one like "
                + windowAt(start()).map(this::labelText).orElse("2001-01-31")));
    }

    /**
     * A bound as people type it: a local date or date and time in the grid's zone, or an instant with offset. A local time that the wall
     * clock skips is the end of the gap, one that it shows twice is the first.
     */
    public Instant bound(String text) {
        var parsed = LocalText.parse(text);
        return parsed.instant()
                .orElseGet(() -> Instant.ofEpochSecond(WallClock.of(zone()).first(WallClock.seconds(parsed.local()))));
    }

    private Optional<Window> windowNamed(LocalDateTime label, Precision precision) {
        var local = WallClock.seconds(label);
        for (var i = 0; i < segments.size(); i++) {
            var segment = segments.get(i);
            var from = second(segment.from());
            var cut = segment.clock().local(from) == local && !segment.every().isBoundary(local);
            var start = cut ? from : segment.clock().first(local);
            var named = cut
                    || (segment.every().isBoundary(local) && precision.compareTo(Precision.of(segment.every())) >= 0);
            if (named && start >= from && start < endOfSegment(i)) {
                return windowAt(Instant.ofEpochSecond(start));
            }
        }
        return Optional.empty();
    }

    /** The first window that starts at or after an instant. */
    private Optional<Window> windowFrom(Instant from) {
        if (!from.isAfter(start())) {
            return windowAt(start());
        }
        var containing = windowAt(from);
        return containing.isPresent() && containing.get().start().isBefore(from)
                ? windowAt(containing.get().end())
                : containing;
    }

    /** Where the window that contains an instant starts. */
    private long startAt(Instant instant) {
        var segment = segments.get(segmentAt(instant));
        return Math.max(segment.floor(second(instant)), second(segment.from()));
    }

    private int segmentAt(Instant instant) {
        var at = segments.size() - 1;
        while (at > 0 && instant.isBefore(segments.get(at).from())) {
            at--;
        }
        return at;
    }

    private long endOfSegment(int at) {
        return at + 1 < segments.size() ? second(segments.get(at + 1).from()) : Long.MAX_VALUE;
    }

    private static long second(Instant instant) {
        return instant.getEpochSecond();
    }
}
