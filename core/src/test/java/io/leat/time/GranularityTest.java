package io.leat.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GranularityTest {

    @ParameterizedTest
    @CsvSource({
        "1m,1m",
        "15m,15m",
        "90m,90m",
        "60m,1h",
        "120m,2h",
        "1440m,1d",
        "6h,6h",
        "24h,1d",
        "1d,1d",
        "7d,7d",
        "2w,2w",
        "1mo,1mo",
        "18mo,18mo",
        "12mo,1y",
        "24mo,2y",
        "1y,1y",
        "9999d,9999d"
    })
    void writesEqualGranularitiesAlike(String text, String canonical) {
        assertThat(Granularity.parse(text).text()).isEqualTo(canonical);
        assertThat(Granularity.parse(canonical))
                .isEqualTo(Granularity.parse(text))
                .hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7m", "5h", "48h", "2880m", "100m"})
    void refusesWhatDoesNotDivideADay(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Granularity.parse(text))
                .withMessageContaining("divide a day evenly");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "h", "0h", "-1h", "1 h", "1H", "1s", "01h", "1.5h", "hourly", "10000d"})
    void refusesWhatIsNoCountAndUnit(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Granularity.parse(text))
                .withMessageContaining("15m, 2h, 1d, 1w, 1mo or 1y")
                .withMessageContaining("'" + text + "'");
    }

    @Test
    void refusesACountOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Granularity(0, Granularity.Unit.DAY));
        assertThatIllegalArgumentException().isThrownBy(() -> new Granularity(10_000, Granularity.Unit.DAY));
    }

    @ParameterizedTest
    @CsvSource({
        "15m, 2001-01-01T02:29:59, 2001-01-01T02:15",
        "90m, 2001-01-01T23:59:59, 2001-01-01T22:30",
        "2h,  1969-12-31T23:59:59, 1969-12-31T22:00",
        "6h,  2001-01-01T17:00,    2001-01-01T12:00",
        "1d,  2001-01-01T17:00,    2001-01-01T00:00",
        "2d,  1970-01-02T17:00,    1970-01-01T00:00",
        "2d,  1969-12-31T00:00,    1969-12-30T00:00",
        "1w,  1970-01-04T23:59:59, 1969-12-29T00:00",
        "1w,  1970-01-05T00:00,    1970-01-05T00:00",
        "2w,  1970-01-18T00:00,    1970-01-05T00:00",
        "1mo, 2024-02-29T23:59:59, 2024-02-01T00:00",
        "3mo, 1969-12-31T00:00,    1969-10-01T00:00",
        "3mo, 2024-06-30T00:00,    2024-04-01T00:00",
        "5mo, 1970-12-31T00:00,    1970-11-01T00:00",
        "1y,  2024-12-31T23:59:59, 2024-01-01T00:00",
        "4y,  2025-12-31T23:59:59, 2022-01-01T00:00",
        "4y,  1969-12-31T23:59:59, 1966-01-01T00:00"
    })
    void countsFromItsOrigin(String every, LocalDateTime local, LocalDateTime boundary) {
        var granularity = Granularity.parse(every);
        var index = granularity.index(WallClock.seconds(local));

        assertThat(WallClock.dateTime(granularity.boundary(index))).isEqualTo(boundary);
        assertThat(granularity.isBoundary(WallClock.seconds(boundary))).isTrue();
        assertThat(granularity.isBoundary(WallClock.seconds(boundary) + 1)).isFalse();
        assertThat(granularity.boundary(index + 1)).isGreaterThan(WallClock.seconds(local));
    }
}
