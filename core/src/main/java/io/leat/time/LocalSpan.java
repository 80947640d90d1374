package io.leat.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A stretch {@code [from, to)} of local times that all become instants in the same way: {@code instant = local - offset}.
 *
 * @param offsetSeconds the offset in force; in a gap the one before it, which shifts a local time by the gap's length; of a repeated stretch
 *     the earlier instant's
 * @param laterOffsetSeconds of a repeated stretch the later instant's offset; otherwise equal to {@code offsetSeconds}
 */
public record LocalSpan(LocalDateTime from, LocalDateTime to, int offsetSeconds, int laterOffsetSeconds, Kind kind) {

    /** How often the wall clock shows the local times of a span: once, never, twice. */
    public enum Kind {
        NORMAL,
        GAP,
        OVERLAP
    }

    /** The instant of a local time in this span, or empty where the policy rejects it. */
    public Optional<Instant> resolve(LocalDateTime local, Ambiguous ambiguous, Gap gap) {
        var earlier = local.toInstant(ZoneOffset.ofTotalSeconds(offsetSeconds));
        return switch (kind) {
            case NORMAL -> Optional.of(earlier);
            case GAP ->
                switch (gap) {
                    case SHIFT -> Optional.of(earlier);
                    case REJECT -> Optional.empty();
                };
            case OVERLAP ->
                switch (ambiguous) {
                    case EARLIER -> Optional.of(earlier);
                    case LATER -> Optional.of(local.toInstant(ZoneOffset.ofTotalSeconds(laterOffsetSeconds)));
                    case REJECT -> Optional.empty();
                };
        };
    }
}
