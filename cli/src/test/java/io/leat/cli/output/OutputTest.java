package io.leat.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutputTest {
    private record Window(String label, long rows, @Nullable String reason, Instant start, List<String> tags) {}

    private static final Listing<Window> WINDOWS = Listing.<Window>empty()
            .with("label", Kind.TEXT, Window::label)
            .with("rows", Kind.NUMBER, Window::rows)
            .with("reason", Kind.TEXT, Window::reason)
            .with("window_start", "start", Kind.INSTANT, w -> w.start().atZone(ZoneId.of("America/Los_Angeles")))
            .withDetail("tags", Window::tags);

    private static final List<Window> TWO = List.of(
            new Window("a", 1_234_567, null, Instant.parse("2001-01-01T10:00:00Z"), List.of("x", "y")),
            new Window("日本", 7, "say \"no\",\nor yes", Instant.parse("2001-07-02T06:30:00Z"), List.of()));

    private static String print(Form form, Terminal terminal, List<Window> rows) {
        var bytes = new ByteArrayOutputStream();
        var stream = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        new Output(stream, stream, form, terminal, false).print(WINDOWS, rows);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void alignsATableByTheWidthOfItsCharacters() {
        assertThat(print(Form.TABLE, Terminal.none(), TWO)).isEqualTo("""
                label       rows  reason             start
                a      1,234,567                     2001-01-01 02:00 PST (10:00Z)
                日本           7  say "no",\\nor yes  2001-07-01 23:30 PDT (2001-07-02 06:30Z)
                """);
    }

    @Test
    void writesPlainValuesAsJson() {
        assertThat(print(Form.JSON, Terminal.none(), TWO)).isEqualTo("""
                [
                  {"label":"a","rows":1234567,"reason":null,"window_start":"2001-01-01T10:00:00Z","tags":["x","y"]},
                  {"label":"日本","rows":7,"reason":"say \\"no\\",\\nor yes","window_start":"2001-07-02T06:30:00Z","tags":[]}
                ]
                """);
    }

    @Test
    void writesAnObjectALineAsNdjson() {
        assertThat(print(Form.NDJSON, Terminal.none(), TWO).lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("{\"label\":") && line.endsWith("}"));
    }

    @Test
    void quotesWhatCsvRequires() {
        assertThat(print(Form.CSV, Terminal.none(), TWO)).isEqualTo("""
                label,rows,reason,window_start,tags
                a,1234567,,2001-01-01T10:00:00Z,"[""x"",""y""]"
                日本,7,"say ""no"",
                or yes",2001-07-02T06:30:00Z,[]
                """);
    }

    @Test
    void quotesWhatYamlWouldTakeForSomethingElse() {
        var listing = Listing.<String>empty().with("value", Kind.TEXT, text -> text);
        var bytes = new ByteArrayOutputStream();
        var stream = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        new Output(stream, stream, Form.YAML, Terminal.none(), false)
                .print(listing, List.of("plain words", "no", "1.0", "2001-01-01", "- x", "a: b", "", "# c"));
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "- value: plain words",
                        "- value: \"no\"",
                        "- value: \"1.0\"",
                        "- value: \"2001-01-01\"",
                        "- value: \"- x\"",
                        "- value: \"a: b\"",
                        "- value: \"\"",
                        "- value: \"# c\"");
    }

    @Test
    void isValidWhenThereAreNoRows() {
        assertThat(print(Form.JSON, Terminal.none(), List.of())).isEqualTo("[]\n");
        assertThat(print(Form.NDJSON, Terminal.none(), List.of())).isEmpty();
        assertThat(print(Form.YAML, Terminal.none(), List.of())).isEqualTo("[]\n");
        assertThat(print(Form.CSV, Terminal.none(), List.of())).isEqualTo("label,rows,reason,window_start,tags\n");
        assertThat(print(Form.TABLE, Terminal.none(), List.of())).startsWith("label  rows");
    }

    @Test
    void cutsTextOnATerminalOnly() {
        var wide = List.of(new Window("w", 1, "x".repeat(200), Instant.EPOCH, List.of()));
        assertThat(print(Form.TABLE, new Terminal(80, false, false, false), wide)
                        .lines())
                .allMatch(line -> TextWidth.of(line) <= 80)
                .anyMatch(line -> line.contains("x…"));
        assertThat(print(Form.TABLE, Terminal.none(), wide)).contains("x".repeat(200));
    }

    @Test
    void coloursOnlyATerminal() {
        var listing = Listing.<String>empty().with("status", Kind.STATUS, text -> text);
        var bytes = new ByteArrayOutputStream();
        var stream = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        new Output(stream, stream, Form.TABLE, new Terminal(80, true, true, true), false)
                .print(listing, List.of("COMPLETED"));
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("\u001b[32mCOMPLETED\u001b[0m");
    }

    @Test
    void streamsALongTable() {
        var rows = IntStream.range(0, 2_000)
                .mapToObj(i -> new Window("w" + i, i, null, Instant.EPOCH, List.of()))
                .toList();
        assertThat(print(Form.TABLE, Terminal.none(), rows).lines()).hasSize(2_001);
    }

    @Test
    void writesMapsAndNumbersThatAreNoneAsJson() {
        assertThat(JsonText.of(Map.of("a", Double.NaN))).isEqualTo("{\"a\":\"NaN\"}");
        assertThat(JsonText.of(1.5e10)).isEqualTo("1.5E10");
    }
}
