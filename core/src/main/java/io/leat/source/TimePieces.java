package io.leat.source;

import io.leat.schema.RejectCode;
import io.leat.time.LocalSpan;
import io.leat.time.LocalTimeline;
import io.leat.time.Window;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The time line of a column cut into pieces within which every value belongs to the same window, or to none for the same reason.
 * Values are seconds since 1970: of the instant, or of a local time as if its zone were UTC. So SQL needs no zone to find a row's
 * window.
 */
final class TimePieces {

    /** The values {@code [from, to)}: in the window that starts at this second, or refused. */
    record Piece(
            long from,
            long to,
            @Nullable Long window,
            @Nullable RejectCode refusal) {}

    private final TimeColumn column;
    private final List<Piece> pieces = new ArrayList<>();

    TimePieces(TimeColumn column) {
        this.column = column;
    }

    List<Piece> pieces() {
        return pieces;
    }

    /** Adds the pieces of the values {@code [from, to)}; calls go forward in time. */
    void add(long from, long to) {
        if (column.isLocal()) {
            LocalTimeline.of(column.grid().zone(), local(from), local(to))
                    .spans()
                    .forEach(this::addSpan);
        } else {
            addInstants(from, to, 0);
        }
    }

    private void addSpan(LocalSpan span) {
        long from = span.from().toEpochSecond(ZoneOffset.UTC);
        long to = span.to().toEpochSecond(ZoneOffset.UTC);
        Optional<Instant> first = span.resolve(span.from(), column.ambiguous(), column.gap());
        if (first.isEmpty()) {
            RejectCode code = span.kind() == LocalSpan.Kind.GAP ? RejectCode.GAP_TIME : RejectCode.AMBIGUOUS_TIME;
            pieces.add(new Piece(from, to, null, code));
        } else {
            addInstants(from, to, from - first.get().getEpochSecond());
        }
    }

    /** The values are instants shifted by an offset. */
    private void addInstants(long from, long to, long offset) {
        long at = from;
        long start = column.grid().start().getEpochSecond() + offset;
        if (at < start) {
            pieces.add(new Piece(at, Math.min(to, start), null, RejectCode.BEFORE_START));
            at = Math.min(to, start);
        }
        long end = column.end().map(Instant::getEpochSecond).orElse(Long.MAX_VALUE - offset) + offset;
        long last = Math.min(to, end);
        if (at < last) {
            Instant begin = Instant.ofEpochSecond(at - offset);
            try (Stream<Window> windows = column.grid().windowsTouching(begin, Instant.ofEpochSecond(last - offset))) {
                for (Window window : (Iterable<Window>) windows::iterator) {
                    long until = Math.min(last, window.end().getEpochSecond() + offset);
                    pieces.add(new Piece(at, until, window.start().getEpochSecond(), null));
                    at = until;
                }
            }
        }
        if (at < to) {
            pieces.add(new Piece(at, to, null, RejectCode.AFTER_END));
        }
    }

    private static LocalDateTime local(long second) {
        return LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    }
}
