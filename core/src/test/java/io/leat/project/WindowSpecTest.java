package io.leat.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.time.Ambiguous;
import io.leat.time.Gap;
import io.leat.time.Granularity;
import io.leat.time.Grid;
import io.leat.time.TimeSpan;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WindowSpecTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    @Test
    void windowsAreDueUntilAWholeSecond() {
        var spec = spec(Optional.empty());
        assertThat(spec.dueUntil(Instant.parse("2024-02-03T04:05:06.789Z"))).isEqualTo("2024-02-02T04:05:06Z");
    }

    @Test
    void windowsAreDueNoLongerThanThePipelineGoes() {
        Instant end = Instant.parse("2024-01-31T00:00:00Z");
        assertThat(spec(Optional.of(end)).dueUntil(Instant.parse("2024-02-03T04:05:06.789Z")))
                .isEqualTo(end);
    }

    private static WindowSpec spec(Optional<Instant> end) {
        return new WindowSpec(
                "ts",
                Grid.of(Granularity.parse("1h"), ZoneOffset.UTC, START),
                end,
                TimeSpan.parse("1d"),
                Ambiguous.REJECT,
                Gap.REJECT);
    }
}
