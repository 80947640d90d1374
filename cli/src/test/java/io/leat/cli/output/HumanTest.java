package io.leat.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class HumanTest {
    @Test
    void separatesThousands() {
        assertThat(Human.count(1_234_567, "row", "rows")).isEqualTo("1,234,567 rows");
        assertThat(Human.count(1, "row", "rows")).isEqualTo("1 row");
    }

    @Test
    void choosesTheUnitOfASize() {
        assertThat(Human.bytes(999)).isEqualTo("999 B");
        assertThat(Human.bytes(1_500_000_000)).isEqualTo("1.5 GB");
        assertThat(Human.bytes(999_999)).isEqualTo("1.0 MB");
    }

    @Test
    void choosesTheUnitsOfADuration() {
        assertThat(Human.duration(Duration.ofMillis(12))).isEqualTo("12 ms");
        assertThat(Human.duration(Duration.ofMillis(1_234))).isEqualTo("1.2 s");
        assertThat(Human.duration(Duration.ofMillis(59_990))).isEqualTo("1 m 0 s");
        assertThat(Human.duration(Duration.ofSeconds(192))).isEqualTo("3 m 12 s");
        assertThat(Human.duration(Duration.ofMinutes(125))).isEqualTo("2 h 5 m");
        assertThat(Human.duration(Duration.ofHours(76))).isEqualTo("3 d 4 h");
    }

    @Test
    void showsLocalTimeBesideUtc() {
        var losAngeles = ZoneId.of("America/Los_Angeles");
        assertThat(Human.time(Instant.parse("2001-01-01T10:00:00Z"), losAngeles))
                .isEqualTo("2001-01-01 02:00 PST (10:00Z)");
        assertThat(Human.time(Instant.parse("2001-07-02T06:30:15Z"), losAngeles))
                .isEqualTo("2001-07-01 23:30:15 PDT (2001-07-02 06:30:15Z)");
        assertThat(Human.time(Instant.parse("2001-01-01T10:00:00Z"), ZoneId.of("UTC")))
                .isEqualTo("2001-01-01 10:00Z");
        assertThat(Human.time(Instant.parse("2001-01-01T10:00:00Z"), ZoneOffset.UTC))
                .isEqualTo("2001-01-01 10:00Z");
    }

    @Test
    void countsWideCharactersAndCombiningMarks() {
        assertThat(TextWidth.of("日本")).isEqualTo(4);
        assertThat(TextWidth.of("e\u0301")).isEqualTo(1);
        assertThat(TextWidth.cut("日本語", 5)).isEqualTo("日本…");
        assertThat(TextWidth.visible("a\u001b[2Jb\n")).isEqualTo("a\\u001b[2Jb\\n");
    }
}
