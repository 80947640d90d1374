package io.leat.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final Window TWO_HOURS = window("2001-01-01T08:00:00Z", "2001-01-01T10:00:00Z");

    @Test
    void containsItsStartButNotItsEnd() {
        assertThat(TWO_HOURS.contains(TWO_HOURS.start())).isTrue();
        assertThat(TWO_HOURS.contains(TWO_HOURS.end().minusNanos(1))).isTrue();
        assertThat(TWO_HOURS.contains(TWO_HOURS.end())).isFalse();
        assertThat(TWO_HOURS.contains(TWO_HOURS.start().minusNanos(1))).isFalse();
    }

    @Test
    void containsAWindowWithinIt() {
        assertThat(TWO_HOURS.contains(TWO_HOURS)).isTrue();
        assertThat(TWO_HOURS.contains(window("2001-01-01T09:00:00Z", "2001-01-01T10:00:00Z")))
                .isTrue();
        assertThat(TWO_HOURS.contains(window("2001-01-01T09:00:00Z", "2001-01-01T10:00:01Z")))
                .isFalse();
        assertThat(TWO_HOURS.contains(window("2001-01-01T07:59:59Z", "2001-01-01T10:00:00Z")))
                .isFalse();
    }

    @Test
    void doesNotOverlapTheWindowsThatTouchIt() {
        assertThat(TWO_HOURS.overlaps(window("2001-01-01T06:00:00Z", "2001-01-01T08:00:00Z")))
                .isFalse();
        assertThat(TWO_HOURS.overlaps(window("2001-01-01T10:00:00Z", "2001-01-01T12:00:00Z")))
                .isFalse();
        assertThat(TWO_HOURS.overlaps(window("2001-01-01T09:59:59Z", "2001-01-01T12:00:00Z")))
                .isTrue();
    }

    @Test
    void isOrderedByStart() {
        var later = window("2001-01-01T09:00:00Z", "2001-01-01T09:30:00Z");

        assertThat(TWO_HOURS).isLessThan(later);
        assertThat(TWO_HOURS.length()).isEqualTo(Duration.ofHours(2));
        assertThat(TWO_HOURS).hasToString("2001-01-01T08:00:00Z/2001-01-01T10:00:00Z");
    }

    @Test
    void refusesBoundsThatAreNoWindow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> window("2001-01-01T08:00:00Z", "2001-01-01T08:00:00Z"))
                .withMessageContaining("end must be after its start");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> window("2001-01-01T08:00:00.5Z", "2001-01-01T09:00:00Z"))
                .withMessageContaining("whole seconds");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> window("2001-01-01T08:00:00Z", "2001-01-01T09:00:00.001Z"))
                .withMessageContaining("whole seconds");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> window("2001-01-01T08:00:00Z", "+10000-01-01T00:00:00Z"))
                .withMessageContaining("years 0000 to 9999");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> window("-0001-01-01T08:00:00Z", "2001-01-01T00:00:00Z"))
                .withMessageContaining("years 0000 to 9999");
    }

    static Window window(String start, String end) {
        return new Window(Instant.parse(start), Instant.parse(end));
    }
}
