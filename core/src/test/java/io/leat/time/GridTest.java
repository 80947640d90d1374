package io.leat.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GridTest {

    private static final Grid TWO_HOURS = grid("2h", "America/Los_Angeles", "2001-01-01T00:00");

    @Test
    void findsTheWindowOfAnInstant() {
        var window =
                TWO_HOURS.windowAt(Instant.parse("2001-01-01T11:59:59.999Z")).orElseThrow();

        assertThat(window).hasToString("2001-01-01T10:00:00Z/2001-01-01T12:00:00Z");
        assertThat(TWO_HOURS.labelText(window)).isEqualTo("2001-01-01T02");
        assertThat(TWO_HOURS.label(window)).isEqualTo("2001-01-01T02:00");
        assertThat(TWO_HOURS.next(window)).hasToString("2001-01-01T12:00:00Z/2001-01-01T14:00:00Z");
        assertThat(TWO_HOURS.previous(window)).hasValue(TWO_HOURS.parseLabel("2001-01-01T00"));
        assertThat(TWO_HOURS.zone()).isEqualTo(ZoneId.of("America/Los_Angeles"));
        assertThat(TWO_HOURS.every()).hasToString("2h");
    }

    @Test
    void hasNoWindowBeforeItsStart() {
        assertThat(TWO_HOURS.windowAt(TWO_HOURS.start().minusNanos(1))).isEmpty();
        assertThat(TWO_HOURS.windowAt(TWO_HOURS.start())).isPresent();
        assertThat(TWO_HOURS.previous(TWO_HOURS.parseLabel("2001-01-01T00"))).isEmpty();
    }

    @Test
    void beginsWithTheWindowThatContainsItsStart() {
        assertThat(grid("1mo", "UTC", "2001-01-15T03:04:05").start()).isEqualTo("2001-01-01T00:00:00Z");
        assertThat(Grid.of(Granularity.parse("1d"), ZoneId.of("UTC"), Instant.parse("2001-01-15T03:04:05.6Z"))
                        .start())
                .isEqualTo("2001-01-15T00:00:00Z");
    }

    @Test
    void listsOnlyWholeWindows() {
        var from = Instant.parse("2001-01-01T08:00:01Z");
        var to = Instant.parse("2001-01-01T13:59:59.999Z");

        assertThat(TWO_HOURS.windows(from, to)).containsExactly(TWO_HOURS.parseLabel("2001-01-01T02"));
        assertThat(TWO_HOURS.count(from, to)).isEqualTo(1);
        assertThat(TWO_HOURS.windows(Instant.EPOCH, TWO_HOURS.bound("2001-01-02")))
                .hasSize(12);
        assertThat(TWO_HOURS.count(Instant.EPOCH, TWO_HOURS.bound("2001-01-02")))
                .isEqualTo(12);
        assertThat(TWO_HOURS.windows(to, from)).isEmpty();
        assertThat(TWO_HOURS.count(to, from)).isZero();
        assertThat(TWO_HOURS.count(Instant.EPOCH, Instant.EPOCH)).isZero();
    }

    @Test
    void listsTheWindowsThatAnIntervalTouches() {
        var from = Instant.parse("2001-01-01T09:59:59Z");

        assertThat(TWO_HOURS.windowsTouching(from, from.plusSeconds(1)))
                .containsExactly(TWO_HOURS.parseLabel("2001-01-01T00"));
        assertThat(TWO_HOURS.windowsTouching(from, from.plusSeconds(2)))
                .containsExactly(TWO_HOURS.parseLabel("2001-01-01T00"), TWO_HOURS.parseLabel("2001-01-01T02"));
        assertThat(TWO_HOURS.windowsTouching(Instant.EPOCH, TWO_HOURS.start())).isEmpty();
        assertThat(TWO_HOURS.windowsTouching(Instant.EPOCH, from)).hasSize(1);
    }

    @Test
    void makesWindowsAsTheyAreAskedFor() {
        assertThat(TWO_HOURS.windows(Instant.EPOCH, Instant.MAX).skip(100).findFirst())
                .hasValue(TWO_HOURS.parseLabel("2001-01-09T08"));
    }

    @Test
    void findsTheNewestWindowThatIsOver() {
        assertThat(TWO_HOURS.lastEndingAtOrBefore(Instant.parse("2001-01-01T12:00:00Z")))
                .hasValue(TWO_HOURS.parseLabel("2001-01-01T02"));
        assertThat(TWO_HOURS.lastEndingAtOrBefore(Instant.parse("2001-01-01T11:59:59.9Z")))
                .hasValue(TWO_HOURS.parseLabel("2001-01-01T00"));
        assertThat(TWO_HOURS.lastEndingAtOrBefore(Instant.parse("2001-01-01T09:00:00Z")))
                .isEmpty();
        assertThat(TWO_HOURS.lastEndingAtOrBefore(Instant.EPOCH)).isEmpty();
    }

    @Test
    void endsWithTheCalendar() {
        var yearly = grid("1y", "UTC", "9990-01-01T00:00");

        assertThat(yearly.windows(Instant.MIN, Instant.MAX)).hasSize(9);
        assertThat(yearly.count(Instant.MIN, Instant.MAX)).isEqualTo(9);
        assertThat(yearly.windowAt(Instant.MAX)).isEmpty();
        assertThat(yearly.windowAt(Instant.parse("9999-06-01T00:00:00Z"))).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> yearly.next(yearly.parseLabel("9998")))
                .withMessageContaining("no window after");
    }

    @ParameterizedTest
    @CsvSource({
        "1y,  2001",
        "1mo, 2001-03",
        "1w,  2001-01-08",
        "1d,  2001-01-09",
        "2h,  2001-01-09T02",
        "15m, 2001-01-09T02:15",
        "15m, 2001-01-09T02:00"
    })
    void namesWindowsAsPeopleTypeThem(String every, String label) {
        var grid = grid(every, "Europe/Berlin", "2001-01-01T00:00");

        assertThat(grid.labelText(grid.parseLabel(label))).isEqualTo(label);
    }

    @ParameterizedTest
    @CsvSource({
        "2001-01-09T02:00, 2001-01-09T02",
        "2001-01-09 02, 2001-01-09T02",
        "2001-01-09T02-08:00, 2001-01-09T02",
        "2001-01-09T10:00:00Z, 2001-01-09T02",
        "2001-01-09T10Z, 2001-01-09T02"
    })
    void acceptsALongerNameOfAWindow(String text, String label) {
        assertThat(TWO_HOURS.labelText(TWO_HOURS.parseLabel(text))).isEqualTo(label);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2001-01-09",
                "2001-01-09T03",
                "2001-01-09T02:15",
                "2000-12-31T22",
                "2001-01-09T11Z",
                "1999-01-01T00Z",
                "2001-02-30T02",
                "2001-01-09T24",
                "tomorrow",
                "",
                "2001-01-09T02+99:00",
                "2001-01-09Z",
                "20010109"
            })
    void refusesANameOfNoWindow(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TWO_HOURS.parseLabel(text))
                .withMessageContaining("'" + text + "'")
                .withMessageContaining("expected");
    }

    @ParameterizedTest
    @CsvSource({
        "2026, 2026-01-01T08:00:00Z",
        "2026-02, 2026-02-01T08:00:00Z",
        "2026-01-31, 2026-01-31T08:00:00Z",
        "2026-01-31T02, 2026-01-31T10:00:00Z",
        "2026-01-31T02:15, 2026-01-31T10:15:00Z",
        "2026-01-31T02:15:07, 2026-01-31T10:15:07Z",
        "2026-01-31T02:15Z, 2026-01-31T02:15:00Z",
        "2026-01-31T02:15:00+02:00, 2026-01-31T00:15:00Z",
        "2026-03-08T02:30, 2026-03-08T10:00:00Z",
        "2026-11-01T01:30, 2026-11-01T08:30:00Z",
    })
    void readsABoundInItsZone(String text, Instant bound) {
        assertThat(TWO_HOURS.bound(text)).isEqualTo(bound);
    }

    @ParameterizedTest
    @CsvSource({
        // every, zone, window's first boundary, its length, label
        "1h,  America/Los_Angeles, 2026-03-08T01, 1h, 2026-03-08T01",
        "1h,  America/Los_Angeles, 2026-03-08T02, 1h, 2026-03-08T02",
        "1h,  America/Los_Angeles, 2026-03-08T03, 1h, 2026-03-08T02",
        "2h,  America/Los_Angeles, 2026-03-08T02, 1h, 2026-03-08T02",
        "15m, America/Los_Angeles, 2026-03-08T02:45, 15m, 2026-03-08T02:00",
        "1d,  America/Los_Angeles, 2026-03-08, 23h, 2026-03-08",
        "1h,  America/Los_Angeles, 2026-11-01T01, 2h, 2026-11-01T01",
        "15m, America/Los_Angeles, 2026-11-01T01:45, 75m, 2026-11-01T01:45",
        "2h,  America/Los_Angeles, 2026-11-01T00, 3h, 2026-11-01T00",
        "1d,  America/Los_Angeles, 2026-11-01, 25h, 2026-11-01",
        "1h,  Australia/Lord_Howe, 2026-10-04T02, 30m, 2026-10-04T02",
        "15m, Australia/Lord_Howe, 2026-10-04T02:30, 15m, 2026-10-04T02:00",
        "1h,  Australia/Lord_Howe, 2026-04-05T01, 90m, 2026-04-05T01",
        "1h,  America/Havana,      2026-03-08T01, 1h, 2026-03-08T00",
        "1d,  America/Havana,      2026-03-08, 23h, 2026-03-08",
        "1d,  America/Havana,      2026-11-01, 25h, 2026-11-01",
        "1h,  America/Havana,      2026-11-01T00, 2h, 2026-11-01T00",
        "1d,  Pacific/Apia,        2011-12-29, 24h, 2011-12-29",
        "1d,  Pacific/Apia,        2011-12-30, 24h, 2011-12-30",
        "1d,  Pacific/Apia,        2011-12-31, 24h, 2011-12-30",
        "1d,  Pacific/Apia,        2012-01-01, 24h, 2012-01-01",
        "1w,  Pacific/Apia,        2011-12-26, 144h, 2011-12-26",
        "2h,  Pacific/Chatham,     2026-04-05T02, 3h, 2026-04-05T02",
        "1h,  Pacific/Chatham,     2026-09-27T02, 45m, 2026-09-27T02",
        "1h,  Pacific/Chatham,     2026-09-27T03, 15m, 2026-09-27T03",
        "1d,  America/Sao_Paulo,   2018-11-04, 23h, 2018-11-04",
        "1h,  America/Sao_Paulo,   2018-11-04T01, 1h, 2018-11-04T00",
        "1d,  America/Sao_Paulo,   2018-02-17, 25h, 2018-02-17",
        "1h,  America/Sao_Paulo,   2018-02-17T23, 2h, 2018-02-17T23",
        "1d,  Africa/Monrovia,     1972-01-06, 24h, 1972-01-06",
        "1d,  Africa/Monrovia,     1972-01-07, 83730s, 1972-01-07",
        "15m, Africa/Monrovia,     1972-01-07T00:30, 30s, 1972-01-07T00:00",
    })
    void followsTheWallClock(String every, String zone, String boundary, String length, String label) {
        var grid = grid(every, zone, "1970-01-05T00:00");
        var window = grid.parseLabel(boundary);

        assertThat(window.length()).isEqualTo(TimeSpan.parse(length).length());
        assertThat(grid.labelText(window)).isEqualTo(label);
        assertThat(grid.parseLabel(label)).isEqualTo(window);
    }

    @Test
    void countsTheWindowsOfYearsWithoutMakingThem() {
        var grid = grid("1h", "Pacific/Apia", "2000-01-01T00:00");
        var windows = grid.windows(grid.start(), grid.bound("2022"));

        assertThat(grid.count(grid.start(), grid.bound("2022"))).isEqualTo(windows.count());
    }

    @Test
    void refusesSegmentsThatDoNotFollowOneAnother() {
        var segment = new Segment(Instant.EPOCH, Granularity.parse("1h"), ZoneId.of("UTC"));

        assertThatIllegalArgumentException().isThrownBy(() -> new Grid(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Grid(List.of(segment, segment)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Segment(Instant.ofEpochMilli(1), segment.every(), segment.zone()));
    }

    @Test
    void takesNoLongerFarFromItsStart() {
        var grid = grid("1m", "America/Los_Angeles", "1970-01-01T00:00");
        var far = grid.windowAt(Instant.parse("9000-07-01T12:00:30Z")).orElseThrow();

        assertThat(far.length()).isEqualTo(Duration.ofMinutes(1));
        assertThat(grid.labelText(far)).isEqualTo("9000-07-01T05:00");
    }

    static Grid grid(String every, String zone, String start) {
        return Grid.of(Granularity.parse(every), ZoneId.of(zone), LocalDateTime.parse(start));
    }
}
