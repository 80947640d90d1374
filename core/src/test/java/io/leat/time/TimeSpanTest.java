package io.leat.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpanTest {

    @ParameterizedTest
    @CsvSource({
        "0,PT0S,0s",
        "0d,PT0S,0s",
        "250ms,PT0.25S,250ms",
        "2000ms,PT2S,2s",
        "90s,PT90S,90s",
        "120s,PT2M,2m",
        "1m,PT1M,1m",
        "36h,PT36H,36h",
        "1d,PT24H,1d",
        "1w,PT168H,7d",
        "1mo,PT720H,30d",
        "1y,PT8760H,365d"
    })
    void isAnExactLength(String text, Duration length, String canonical) {
        assertThat(TimeSpan.parse(text).length()).isEqualTo(length);
        assertThat(TimeSpan.parse(text)).hasToString(canonical).isEqualTo(TimeSpan.parse(canonical));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "d", "-1d", "1 d", "1.5h", "1D", "1us", "1234567890d", "P1D"})
    void refusesWhatIsNoCountAndUnit(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeSpan.parse(text))
                .withMessageContaining("such as 90s")
                .withMessageContaining("'" + text + "'");
    }

    @Test
    void refusesWhatItCannotWrite() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TimeSpan(Duration.ofNanos(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new TimeSpan(Duration.ofSeconds(-1)));
    }

    @Test
    void movesAnInstant() {
        var noon = Instant.parse("2001-01-01T12:00:00Z");

        assertThat(TimeSpan.parse("1d").after(noon)).isEqualTo("2001-01-02T12:00:00Z");
        assertThat(TimeSpan.parse("90s").before(noon)).isEqualTo("2001-01-01T11:58:30Z");
        assertThat(TimeSpan.ZERO).isLessThan(TimeSpan.parse("1ms"));
    }
}
