package io.leat.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leat.time.LocalSpan.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneRulesProvider;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalTimelineTest {

    private static final ZoneId LOS_ANGELES = ZoneId.of("America/Los_Angeles");

    @Test
    void listsTheStretchesOfAYear() {
        var timeline = timeline(LOS_ANGELES, "2026-01-01T00:00", "2027-01-01T00:00");

        assertThat(timeline.spans())
                .containsExactly(
                        span("2026-01-01T00:00", "2026-03-08T02:00", -8, -8, Kind.NORMAL),
                        span("2026-03-08T02:00", "2026-03-08T03:00", -8, -8, Kind.GAP),
                        span("2026-03-08T03:00", "2026-11-01T01:00", -7, -7, Kind.NORMAL),
                        span("2026-11-01T01:00", "2026-11-01T02:00", -7, -8, Kind.OVERLAP),
                        span("2026-11-01T02:00", "2027-01-01T00:00", -8, -8, Kind.NORMAL));
    }

    @Test
    void cutsASpanAtTheEndsOfItsRange() {
        assertThat(timeline(LOS_ANGELES, "2026-03-08T02:30", "2026-03-08T02:45").spans())
                .containsExactly(span("2026-03-08T02:30", "2026-03-08T02:45", -8, -8, Kind.GAP));
        assertThat(timeline(LOS_ANGELES, "2026-11-01T01:30", "2026-11-01T02:00").spans())
                .containsExactly(span("2026-11-01T01:30", "2026-11-01T02:00", -7, -8, Kind.OVERLAP));
        assertThat(timeline(LOS_ANGELES, "2026-03-08T03:00", "2026-03-08T03:01").spans())
                .containsExactly(span("2026-03-08T03:00", "2026-03-08T03:01", -7, -7, Kind.NORMAL));
        assertThat(timeline(ZoneId.of("UTC"), "2026-03-08T02:30", "2026-03-09T02:30")
                        .spans())
                .containsExactly(span("2026-03-08T02:30", "2026-03-09T02:30", 0, 0, Kind.NORMAL));
    }

    @Test
    void resolvesALocalTimeByItsPolicy() {
        var timeline = timeline(LOS_ANGELES, "2026-01-01T00:00", "2027-01-01T00:00");
        var skipped = LocalDateTime.parse("2026-03-08T02:30:00.000001");
        var repeated = LocalDateTime.parse("2026-11-01T01:30");

        assertThat(timeline.resolve(skipped, Ambiguous.REJECT, Gap.SHIFT))
                .hasValue(Instant.parse("2026-03-08T10:30:00.000001Z"));
        assertThat(timeline.resolve(skipped, Ambiguous.EARLIER, Gap.REJECT)).isEmpty();
        assertThat(timeline.resolve(repeated, Ambiguous.EARLIER, Gap.REJECT))
                .hasValue(Instant.parse("2026-11-01T08:30:00Z"));
        assertThat(timeline.resolve(repeated, Ambiguous.LATER, Gap.REJECT))
                .hasValue(Instant.parse("2026-11-01T09:30:00Z"));
        assertThat(timeline.resolve(repeated, Ambiguous.REJECT, Gap.SHIFT)).isEmpty();
    }

    @Test
    void holdsEveryLocalTimeThatARangeOfInstantsShows() {
        var from = Instant.parse("2026-11-01T09:10:00Z");
        var timeline = LocalTimeline.of(LOS_ANGELES, from, from.plusSeconds(1));

        assertThat(timeline.spans().getFirst().from()).isBefore(LocalDateTime.parse("2026-11-01T01:00"));
        assertThat(timeline.spans().getLast().to()).isAfter(LocalDateTime.parse("2026-11-01T02:10"));
    }

    @Test
    void refusesARangeWithoutLocalTimes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> timeline(LOS_ANGELES, "2026-01-01T00:00", "2026-01-01T00:00"));
    }

    @Test
    void coversEveryZoneAsJavaTimeSees() {
        var from = LocalDateTime.parse("1970-01-01T00:00");
        var to = LocalDateTime.parse("2038-01-01T00:00");
        var seen = new HashSet<Object>();
        for (var name : ZoneRulesProvider.getAvailableZoneIds()) {
            var zone = ZoneId.of(name);
            if (seen.add(zone.getRules())) {
                covers(LocalTimeline.of(zone, from, to), from, to);
            }
        }
    }

    private static void covers(LocalTimeline timeline, LocalDateTime from, LocalDateTime to) {
        var begin = from;
        for (var span : timeline.spans()) {
            assertThat(span.from()).isEqualTo(begin);
            assertThat(span.to()).isAfter(begin);
            begin = span.to();
            for (var local : List.of(
                    span.from(),
                    span.from().plusNanos(1),
                    span.from().plus(Duration.between(span.from(), span.to()).dividedBy(2)),
                    span.to().minusSeconds(1),
                    span.to().minusNanos(1))) {
                agrees(timeline, span, local);
            }
        }
        assertThat(begin).isEqualTo(to);
    }

    private static void agrees(LocalTimeline timeline, LocalSpan span, LocalDateTime local) {
        var asJavaTimeSees = ZonedDateTime.ofLocal(local, timeline.zone(), null);
        var offsets = timeline.zone().getRules().getValidOffsets(local);

        assertThat(span.kind())
                .isEqualTo(offsets.isEmpty() ? Kind.GAP : offsets.size() == 1 ? Kind.NORMAL : Kind.OVERLAP);
        assertThat(span.resolve(local, Ambiguous.EARLIER, Gap.SHIFT)).hasValue(asJavaTimeSees.toInstant());
        assertThat(span.resolve(local, Ambiguous.LATER, Gap.SHIFT))
                .hasValue(asJavaTimeSees.withLaterOffsetAtOverlap().toInstant());
        for (var ambiguous : Ambiguous.values()) {
            for (var gap : Gap.values()) {
                assertThat(timeline.resolve(local, ambiguous, gap)).isEqualTo(span.resolve(local, ambiguous, gap));
            }
        }
    }

    private static LocalTimeline timeline(ZoneId zone, String from, String to) {
        return LocalTimeline.of(zone, LocalDateTime.parse(from), LocalDateTime.parse(to));
    }

    private static LocalSpan span(String from, String to, int hours, int laterHours, Kind kind) {
        return new LocalSpan(LocalDateTime.parse(from), LocalDateTime.parse(to), hours * 3600, laterHours * 3600, kind);
    }
}
