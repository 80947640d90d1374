package io.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    private ProgressLine line(boolean shown) {
        return new ProgressLine(new PrintStream(screen, true, StandardCharsets.UTF_8), shown);
    }

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    @Test
    void showsHowFarItIsHowFastAndHowLongItTakes() {
        assertThat(ProgressLine.text("trips", 25, 100, 5_000, Duration.ofSeconds(10)))
                .isEqualTo("trips [######..................] 25 of 100, 5,000 rows, 500 rows/s, 30.0 s left");
        assertThat(ProgressLine.text("trips", 0, 0, 0, Duration.ZERO))
                .contains("0 of 0")
                .doesNotContain("left");
    }

    @Test
    void isDrawnOverItselfAndRemoved() {
        ProgressLine line = line(true);
        line.show("trips", 1, 2, 10, Duration.ofSeconds(1));
        line.show("trips", 2, 2, 20, Duration.ofSeconds(2));
        line.clear();
        line.clear();
        assertThat(shown().split("\r", -1)).hasSize(4);
        assertThat(shown()).contains("1 of 2", "2 of 2").endsWith("\u001b[2K");
    }

    @Test
    void isNotDrawnAgainWithinAMomentUnlessItIsTheEnd() {
        ProgressLine line = line(true);
        line.show("trips", 1, 3, 10, Duration.ofSeconds(1));
        line.show("trips", 2, 3, 20, Duration.ofSeconds(1));
        assertThat(shown()).contains("1 of 3").doesNotContain("2 of 3");
    }

    @Test
    void isNothingWhereThereIsNoScreen() {
        ProgressLine line = line(false);
        line.show("trips", 1, 2, 10, Duration.ofSeconds(1));
        line.clear();
        assertThat(shown()).isEmpty();
    }
}
