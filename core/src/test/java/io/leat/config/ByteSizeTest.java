package io.leat.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0B, 0, 0B",
        "512MB, 512000000, 512MB",
        "1.5 GiB, 1610612736, 1536MiB",
        "2gb, 2000000000, 2GB",
        "1234B, 1234, 1234B",
        "1KiB, 1024, 1KiB",
        "3TB, 3000000000000, 3TB"
    })
    void readsAndWritesSizes(String text, long bytes, String shown) {
        assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes)).hasToString(shown);
        assertThat(ByteSize.parse(shown)).isEqualTo(new ByteSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "MB", "-1MB", "1.5.5GB", "1 000MB", "1PB", "999999999999TB", "1e3MB"})
    void refusesOtherTexts(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ByteSize.parse(text));
    }

    @Test
    void suggestsOnlyWhatIsNear() {
        List<String> known = List.of("column", "every", "stability", "start");

        assertThat(Suggestion.nearest("colum", known)).contains("column");
        assertThat(Suggestion.nearest("Every", known)).contains("every");
        assertThat(Suggestion.nearest("strat", known)).contains("start");
        assertThat(Suggestion.nearest("stabilty", known)).contains("stability");
        assertThat(Suggestion.nearest("x", known)).isEmpty();
        assertThat(Suggestion.nearest("", known)).isEmpty();
        assertThat(Suggestion.nearest("password", known)).isEmpty();
    }
}
