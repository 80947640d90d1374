package io.leat.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

    private static final ZoneId LOS_ANGELES = ZoneId.of("America/Los_Angeles");

    @ParameterizedTest
    @CsvSource({
        "'* * * * *',           2026-01-01T00:01",
        "'5 * * * *',           2026-01-01T00:05",
        "'0 */2 * * *',         2026-01-01T02:00",
        "'15-45/15 8 * * *',    2026-01-01T08:15",
        "'50/5 0 * * *',        2026-01-01T00:50",
        "'0 0 31 * *',          2026-01-31T00:00",
        "'0 0 31 apr,May *',    2026-05-31T00:00",
        "'0 0 29 2 *',          2028-02-29T00:00",
        "'0 0 * * MON',         2026-01-05T00:00",
        "'0 0 * * fri-sun',     2026-01-02T00:00",
        "'0 0 * * 7',           2026-01-04T00:00",
        "'0 0 * * 6-7',         2026-01-03T00:00",
        "'0 0 * * 0-2',         2026-01-04T00:00",
        "'0 12 13 * FRI',       2026-01-02T12:00",
        "'0 12 */13 * FRI',     2026-02-27T12:00",
        "'0 0 1 JAN *',         2027-01-01T00:00",
        "@hourly,               2026-01-01T01:00",
        "@daily,                2026-01-02T00:00",
        "@midnight,             2026-01-02T00:00",
        "@weekly,               2026-01-04T00:00",
        "@monthly,              2026-02-01T00:00",
        "@yearly,               2027-01-01T00:00",
        "@annually,             2027-01-01T00:00",
    })
    void firesNextAfterNewYear(String text, LocalDateTime next) {
        var zone = ZoneId.of("Asia/Kathmandu");
        var newYear = LocalDateTime.parse("2026-01-01T00:00").atZone(zone).toInstant();

        assertThat(Cron.parse(text).next(newYear, zone))
                .isEqualTo(next.atZone(zone).toInstant());
    }

    @Test
    void firesAfterAnInstantNotAtIt() {
        var cron = Cron.parse("0 * * * *");
        var utc = ZoneId.of("UTC");

        assertThat(cron.next(Instant.parse("2026-01-01T00:00:00Z"), utc)).isEqualTo("2026-01-01T01:00:00Z");
        assertThat(cron.next(Instant.parse("2026-01-01T00:59:59.999Z"), utc)).isEqualTo("2026-01-01T01:00:00Z");
        assertThat(cron.next(Instant.parse("1969-12-31T23:00:00Z"), utc)).isEqualTo("1970-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * 32 * *",
                "* * * 13 *",
                "* * * * 8",
                "*/0 * * * *",
                "5-1 * * * *",
                "a * * * *",
                "* * * FEBRUARY *",
                "* * * MON *",
                "1,,2 * * * *",
                "@fortnightly",
                "-1 * * * *",
                "1-2-3 * * * *",
                "* * * * FRI-TUE",
                "0 0 L * *"
            })
    void refusesWhatIsNoSchedule(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cron.parse(text)).withMessageContaining("expected");
    }

    @Test
    void saysWhatAFieldExpects() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cron.parse("0 0 * * MON,FUN"))
                .withMessage(
                        "expected for cron's day of week *, a number from 0 to 7 or SUN to SAT, a range such as 0-4,"
                                + " perhaps with a step such as */2, but found 'FUN'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 31 2 *", "0 0 30 2 *", "0 0 31 4,6,9,11 *"})
    void refusesAScheduleThatNeverFires(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cron.parse(text)).withMessageContaining("never fires");
    }

    @Test
    void isEqualByItsText() {
        assertThat(Cron.parse("  0  0 * * * "))
                .isEqualTo(Cron.parse("0 0 * * *"))
                .hasSameHashCodeAs(Cron.parse("0 0 * * *"))
                .isNotEqualTo(Cron.parse("@daily"))
                .isNotEqualTo("0 0 * * *")
                .hasToString("0 0 * * *");
        assertThat(Cron.parse("@daily").text()).isEqualTo("@daily");
    }

    @ParameterizedTest
    @CsvSource({
        "'* * * * *', 1m", "'*/2 * * * *', 1m", "'*/5 * * * *', 5m", "'*/7 * * * *', 1m", "'*/15 * * * *', 15m",
        "'*/20 * * * *', 15m", "'0,30 * * * *', 30m", "'0,31 * * * *', 15m", "@hourly, 1h", "'0 */2 * * *', 1h",
        "'30 6 * * *', 1d", "@daily, 1d", "'0 0 * * MON-FRI', 1d", "'58 23 * * *', 1d", "'0 0,12 * * *', 1h",
        "'2,58 0,23 * * *', 1m", "@weekly, 1w", "'0 9 * * MON', 1w", "@monthly, 1mo", "'0 0 1 */3 *', 1mo",
        "'0 0 1,15 * *', 1w", "@yearly, 1y", "'0 0 29 2 *', 1y"
    })
    void impliesAGrid(String text, String every) {
        assertThat(Cron.parse(text).granularity()).hasToString(every);
    }

    @ParameterizedTest
    @CsvSource({
        // a fixed time in the gap fires at its end, once
        "'30 2 * * *',    2026-03-08T00:00-08:00, 2026-03-08T03:00-07:00, 2026-03-09T02:30-07:00",
        "'*/20 2 * * *',  2026-03-08T00:00-08:00, 2026-03-08T03:00-07:00, 2026-03-09T02:00-07:00",
        "'0 2,3 * * *',   2026-03-08T00:00-08:00, 2026-03-08T03:00-07:00, 2026-03-09T02:00-07:00",
        "'0 */2 * * *',   2026-03-08T00:30-08:00, 2026-03-08T03:00-07:00, 2026-03-08T04:00-07:00",
        // one that is repeated fires at its first occurrence
        "'30 1 * * *',    2026-11-01T00:00-07:00, 2026-11-01T01:30-07:00, 2026-11-02T01:30-08:00",
        "'30 1 * * *',    2026-11-01T01:40-07:00, 2026-11-02T01:30-08:00, 2026-11-03T01:30-08:00",
        // every hour goes on in real time
        "'*/30 * * * *',  2026-03-08T01:00-08:00, 2026-03-08T01:30-08:00, 2026-03-08T03:00-07:00",
        "'10 * * * *',    2026-03-08T01:00-08:00, 2026-03-08T01:10-08:00, 2026-03-08T03:10-07:00",
        "'*/30 * * * *',  2026-11-01T01:00-07:00, 2026-11-01T01:30-07:00, 2026-11-01T01:00-08:00",
        "'10 0-23 * * *', 2026-11-01T01:00-07:00, 2026-11-01T01:10-07:00, 2026-11-01T01:10-08:00",
    })
    void followsTheWallClock(String text, ZonedDateTime after, ZonedDateTime first, ZonedDateTime second) {
        var cron = Cron.parse(text);

        assertThat(cron.next(after.toInstant(), LOS_ANGELES)).isEqualTo(first.toInstant());
        assertThat(cron.next(first.toInstant(), LOS_ANGELES)).isEqualTo(second.toInstant());
    }

    @Test
    void firesWhereAGridHasItsBoundaries() {
        for (var zone : List.of("America/Los_Angeles", "Australia/Lord_Howe", "America/Havana", "Pacific/Apia")) {
            var grid = GridTest.grid("2h", zone, "2011-12-01T00:00");
            var at = grid.start();
            for (var window : grid.windows(at, grid.bound("2012-12-01")).toList()) {
                at = Cron.parse("0 */2 * * *").next(at, grid.zone());
                assertThat(at).isEqualTo(window.end());
            }
        }
    }
}
