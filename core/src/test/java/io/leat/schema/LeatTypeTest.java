package io.leat.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeatTypeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "string",
                "integer",
                "int8",
                "decimal(38,10)",
                "timestamp",
                "local_timestamp",
                "list<string>",
                "struct<a: integer, b: list<struct<c: date>>>"
            })
    void readsWhatItWrites(String text) {
        assertThat(LeatType.parse(text).text()).isEqualTo(text);
        assertThat(LeatType.ofDuckDb(LeatType.parse(text).duckDb())).isEqualTo(LeatType.parse(text));
    }

    @Test
    void knowsOtherNamesAndBlanks() {
        assertThat(LeatType.parse(" INT64 ")).isEqualTo(LeatType.INTEGER);
        assertThat(LeatType.parse("Instant")).isEqualTo(LeatType.TIMESTAMP);
        assertThat(LeatType.parse("decimal( 5 , 2 )")).isEqualTo(new LeatType.Decimal(5, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "number",
                "decimal",
                "decimal(0,0)",
                "decimal(5,9)",
                "list<>",
                "list<string",
                "struct<>",
                "string x"
            })
    void refusesWhatIsNoType(String text) {
        assertThatThrownBy(() -> LeatType.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsQuotedFieldsOfDuckDb() {
        assertThat(LeatType.ofDuckDb("STRUCT(\"a \"\"b\" INTEGER, c DECIMAL(5,2)[])[]"))
                .isEqualTo(new LeatType.ListOf(new LeatType.Struct(List.of(
                        new LeatType.Field("a \"b", LeatType.Simple.INT32),
                        new LeatType.Field("c", new LeatType.ListOf(new LeatType.Decimal(5, 2)))))));
    }

    @Test
    void aContractHasNoColumnTwiceAndNoneOfLeatsOwn() {
        assertThatThrownBy(() -> Contract.of(Column.of("a", LeatType.STRING), Column.of("A", LeatType.STRING)))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> Contract.of(Column.of("_leat_window", LeatType.STRING)))
                .hasMessageContaining("Leat's own");
    }
}
