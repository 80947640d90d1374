package io.leat.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    private static final Instant NOW = Instant.parse("2026-11-20T14:00:00.123Z");

    @Test
    void readsATableName() {
        assertThat(TableName.parse("bronze.flights")).isEqualTo(new TableName("bronze", "flights"));
        assertThat(TableName.parse("bronze.flights")).hasToString("bronze.flights");
        assertThat(TableName.parse("a.b")).isLessThan(TableName.parse("a.c")).isLessThan(TableName.parse("b.a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "flights", "a.b.c", "a.", ".b", "A.b", "a.b c", "1a.b", "a.ä", "a.b\n", "a.\"b\"", "../x.y"
            })
    void refusesWhatIsNoTableName(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> TableName.parse(text));
    }

    @Test
    void aPipelineMayBeNamedAfterATable() {
        assertThat(PipelineName.of(TableName.parse("gold.sales"))).isEqualTo(new PipelineName("gold.sales"));
        assertThat(new PipelineName("flights")).hasToString("flights");
        assertThatIllegalArgumentException().isThrownBy(() -> new PipelineName("a.b.c"));
        assertThatIllegalArgumentException().isThrownBy(() -> new PipelineName("Flights"));
    }

    @Test
    void namesHaveAtMost63Characters() {
        assertThat(new EnvironmentName("x".repeat(63)).value()).hasSize(63);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EnvironmentName("x".repeat(64)))
                .withMessageContaining("64 characters");
    }

    @Test
    void runIdsSortByTime() {
        var random = new Random(1);
        RunId early = RunId.at(NOW, random);
        RunId late = RunId.at(NOW.plusMillis(1), random);

        assertThat(early).isLessThan(late);
        assertThat(early.value()).hasSize(12);
        assertThat(new RunId(early.value())).isEqualTo(early);
        assertThatIllegalArgumentException().isThrownBy(() -> new RunId("../../etc/pass"));
    }

    @Test
    void loadIdsAreVersion7UuidsAndUnique() {
        var random = new Random(2);
        var seen = new HashSet<LoadId>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(seen.add(LoadId.at(NOW, random))).isTrue();
        }
        assertThat(seen)
                .allSatisfy(id -> assertThat(id.value()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab].*"));
        assertThat(LoadId.at(NOW, random)).isLessThan(LoadId.at(NOW.plusMillis(1), random));
        assertThatIllegalArgumentException().isThrownBy(() -> new LoadId("1-2-3-4-5"));
    }

    @Test
    void quotesForSql() {
        assertThat(Sql.identifier("a\"b")).isEqualTo("\"a\"\"b\"");
        assertThat(Sql.identifier(TableName.parse("a.b"))).isEqualTo("\"a\".\"b\"");
        assertThat(Sql.identifiers(List.of("a", "b"))).isEqualTo("\"a\", \"b\"");
        assertThat(Sql.identifiers("t", List.of("a", "b"))).isEqualTo("\"t\".\"a\", \"t\".\"b\"");
        assertThat(Sql.literal("it's; -- \\")).isEqualTo("'it''s; -- \\'");
        assertThat(Sql.literals(List.of("a", "b"))).isEqualTo("'a', 'b'");
        assertThatIllegalArgumentException().isThrownBy(() -> Sql.identifier("a\0b"));
        assertThatIllegalArgumentException().isThrownBy(() -> Sql.literal("\0"));
        assertThatIllegalArgumentException().isThrownBy(() -> Sql.identifier(""));
    }

    @Test
    void anExceptionCarriesFactsAndAHint() {
        var failure = new PipelineException(ErrorCode.NETWORK, "no answer", Map.of("host", "h"), null)
                .with("port", "5432")
                .withHint("start it");

        assertThat(failure.message()).isEqualTo("no answer");
        assertThat(failure.context()).containsExactly(Map.entry("host", "h"), Map.entry("port", "5432"));
        assertThat(failure.hint()).contains("start it");
        assertThat(failure.code().retryable()).isTrue();
    }
}
