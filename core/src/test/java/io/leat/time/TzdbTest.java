package io.leat.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TzdbTest {

    @Test
    void knowsItsVersionAndItsZones() {
        assertThat(Tzdb.version()).matches("20[0-9]{2}[a-z]");
        assertThat(Tzdb.names()).contains("UTC", "Europe/Berlin", "Pacific/Apia");
        assertThat(Tzdb.zone("Pacific/Apia")).isEqualTo(ZoneId.of("Pacific/Apia"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "utc", "America/Los Angeles", "PST", "+02:00", "UTC+2"})
    void refusesWhatIsNoZone(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tzdb.zone(name))
                .withMessageContaining("America/Los_Angeles")
                .withMessageContaining("'" + name + "'");
    }
}
