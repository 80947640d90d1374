package io.leat.time;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A zone's rules over a range of local time, as spans that follow one another without gap or overlap: every local time of the range lies in
 * exactly one. SQL gets these rows in place of a zone name, because engines disagree about the hours at a transition.
 */
public record LocalTimeline(ZoneId zone, List<LocalSpan> spans) {

    private static final Duration MARGIN = Duration.ofDays(2);

    public LocalTimeline {
        spans = List.copyOf(spans);
    }

    /** The spans of the local times {@code [from, to)}; the first begins at {@code from}, the last ends at {@code to}. */
    public static LocalTimeline of(ZoneId zone, LocalDateTime from, LocalDateTime to) {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("expected a local range, but found " + from + " to " + to);
        }
        var rules = zone.getRules();
        var spans = new ArrayList<LocalSpan>();
        var begin = from;
        var transition = rules.nextTransition(from.toInstant(ZoneOffset.UTC).minus(MARGIN));
        while (transition != null && earlier(transition).isBefore(to)) {
            if (later(transition).isAfter(begin)) {
                if (earlier(transition).isAfter(begin)) {
                    spans.add(normal(begin, earlier(transition), transition.getOffsetBefore()));
                    begin = earlier(transition);
                }
                var end = later(transition).isBefore(to) ? later(transition) : to;
                spans.add(irregular(begin, end, transition));
                begin = end;
            }
            transition = rules.nextTransition(transition.getInstant());
        }
        if (begin.isBefore(to)) {
            spans.add(normal(begin, to, rules.getOffset(begin)));
        }
        return new LocalTimeline(zone, spans);
    }

    /** Spans that hold every local time the zone's clock shows within the instants {@code [from, to)}, and some more around them. */
    public static LocalTimeline of(ZoneId zone, Instant from, Instant to) {
        return of(
                zone,
                LocalDateTime.ofInstant(from, ZoneOffset.UTC).minus(MARGIN),
                LocalDateTime.ofInstant(to, ZoneOffset.UTC).plus(MARGIN));
    }

    /** The instant of any local time in this zone, within the spans or not, or empty where the policy rejects it. */
    public Optional<Instant> resolve(LocalDateTime local, Ambiguous ambiguous, Gap gap) {
        return resolve(zone, local, ambiguous, gap);
    }

    /** The instant of a local time in a zone, or empty where the policy rejects it. */
    public static Optional<Instant> resolve(ZoneId zone, LocalDateTime local, Ambiguous ambiguous, Gap gap) {
        var transition = zone.getRules().getTransition(local);
        var span = transition == null
                ? normal(local, local, zone.getRules().getOffset(local))
                : irregular(local, local, transition);
        return span.resolve(local, ambiguous, gap);
    }

    private static LocalSpan normal(LocalDateTime from, LocalDateTime to, ZoneOffset offset) {
        return new LocalSpan(from, to, offset.getTotalSeconds(), offset.getTotalSeconds(), LocalSpan.Kind.NORMAL);
    }

    private static LocalSpan irregular(LocalDateTime from, LocalDateTime to, ZoneOffsetTransition transition) {
        var before = transition.getOffsetBefore().getTotalSeconds();
        return transition.isGap()
                ? new LocalSpan(from, to, before, before, LocalSpan.Kind.GAP)
                : new LocalSpan(
                        from, to, before, transition.getOffsetAfter().getTotalSeconds(), LocalSpan.Kind.OVERLAP);
    }

    private static LocalDateTime earlier(ZoneOffsetTransition transition) {
        return transition.isGap() ? transition.getDateTimeBefore() : transition.getDateTimeAfter();
    }

    private static LocalDateTime later(ZoneOffsetTransition transition) {
        return transition.isGap() ? transition.getDateTimeAfter() : transition.getDateTimeBefore();
    }
}
