package io.leat.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.time.Cron;
import io.leat.time.Granularity;
import io.leat.time.Grid;
import io.leat.time.TimeSpan;
import io.leat.time.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WindowCalendarTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2024-02-03T04:05:06.789Z");

    private static WindowCalendar hourly(Optional<Instant> end, String stability, Optional<String> schedule) {
        return new WindowCalendar(
                Grid.of(Granularity.parse("1h"), ZoneOffset.UTC, START),
                end,
                TimeSpan.parse(stability),
                schedule.map(Cron::parse),
                ZoneOffset.UTC);
    }

    private static Window window(String start, String end) {
        return new Window(Instant.parse(start), Instant.parse(end));
    }

    @Test
    void windowsAreDueUntilAWholeSecond() {
        assertThat(hourly(Optional.empty(), "1d", Optional.empty()).dueUntil(NOW))
                .isEqualTo("2024-02-02T04:05:06Z");
    }

    @Test
    void windowsAreDueNoLongerThanThePipelineGoes() {
        Instant end = Instant.parse("2024-01-31T00:00:00Z");
        assertThat(hourly(Optional.of(end), "1d", Optional.empty()).dueUntil(NOW))
                .isEqualTo(end);
    }

    @Test
    void theLastWindowIsTheOneThatTheEndLiesIn() {
        var calendar = hourly(Optional.of(Instant.parse("2024-01-31T00:30:00Z")), "0", Optional.empty());

        assertThat(calendar.newest(NOW)).contains(window("2024-01-31T00:00:00Z", "2024-01-31T01:00:00Z"));
        assertThat(calendar.upcoming(NOW)).isEmpty();
        assertThat(calendar.upcoming(Instant.parse("2024-01-30T22:10:00Z")))
                .containsExactly(
                        window("2024-01-30T22:00:00Z", "2024-01-30T23:00:00Z"),
                        window("2024-01-30T23:00:00Z", "2024-01-31T00:00:00Z"),
                        window("2024-01-31T00:00:00Z", "2024-01-31T01:00:00Z"));
    }

    @Test
    void withAScheduleWindowsAreDueAtItsTimes() {
        var nightly = hourly(Optional.empty(), "30m", Optional.of("0 2 * * *"));

        assertThat(nightly.dueUntil(NOW)).isEqualTo("2024-02-03T01:30:00Z");
        assertThat(nightly.newest(NOW)).contains(window("2024-02-03T00:00:00Z", "2024-02-03T01:00:00Z"));
        assertThat(nightly.dueAt(window("2024-02-03T00:00:00Z", "2024-02-03T01:00:00Z")))
                .isEqualTo("2024-02-03T02:00:00Z");
        assertThat(nightly.dueAt(window("2024-02-03T01:00:00Z", "2024-02-03T02:00:00Z")))
                .as("its end is not old enough at two o'clock")
                .isEqualTo("2024-02-04T02:00:00Z");
        assertThat(nightly.upcoming(NOW).findFirst()).contains(window("2024-02-03T01:00:00Z", "2024-02-03T02:00:00Z"));
    }

    @Test
    void nothingIsDueBeforeTheScheduleHasEverCome() {
        var calendar = hourly(Optional.empty(), "0", Optional.of("0 0 29 2 *"));

        assertThat(calendar.newest(NOW)).isEmpty();
        assertThat(calendar.newest(Instant.parse("2024-02-29T00:00:00Z")))
                .contains(window("2024-02-28T23:00:00Z", "2024-02-29T00:00:00Z"));
    }

    @Test
    void aScheduleIsReadInTheZoneOfTheWindows() {
        ZoneId zone = ZoneId.of("America/Los_Angeles");
        var calendar = new WindowCalendar(
                Grid.of(Granularity.parse("1d"), zone, START),
                Optional.empty(),
                TimeSpan.ZERO,
                Optional.of(Cron.parse("0 2 * * *")),
                zone);

        assertThat(calendar.dueAt(window("2024-03-09T08:00:00Z", "2024-03-10T08:00:00Z")))
                .as("at two the clock is three: when it jumps")
                .isEqualTo("2024-03-10T10:00:00Z");
    }
}
