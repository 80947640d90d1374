package io.leat.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private final Terminal colour = new Terminal(80, true, true, true);
    private final Terminal plain = Terminal.none();

    @Test
    void coloursAStatusByWhatItMeans() {
        assertThat(colour.status("COMPLETED")).isEqualTo("\u001b[32mCOMPLETED\u001b[0m");
        assertThat(colour.status("failed")).startsWith("\u001b[31m");
        assertThat(colour.status("WARN")).startsWith("\u001b[33m");
        assertThat(colour.status("SKIPPED")).startsWith("\u001b[2m");
        assertThat(colour.status("whatever")).isEqualTo("whatever");
        assertThat(plain.status("FAILED")).isEqualTo("FAILED");
    }

    @Test
    void coloursMessagesOnlyWhereThatIsSeen() {
        assertThat(colour.error("error")).isEqualTo("\u001b[1;31merror\u001b[0m");
        assertThat(colour.dim("x")).isEqualTo("\u001b[2mx\u001b[0m");
        assertThat(colour.bold("x")).isEqualTo("\u001b[1mx\u001b[0m");
        assertThat(plain.error("error") + plain.dim("x") + plain.bold("y")).isEqualTo("errorxy");
    }

    @Test
    void isNoScreenWhereOutputIsRedirected() {
        Terminal detected = Terminal.detect(Map.of("COLUMNS", "120", "TERM", "xterm"));
        assertThat(detected.width()).isZero();
        assertThat(detected.colour() || detected.progress()).isFalse();
    }
}
