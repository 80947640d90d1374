package io.leat.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenValueTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v: X",
                "v: a + X * b",
                "v: größer + X",
                "v: \"a + X * b\"",
                "v: \"a = \\\"b\\\" AND X\"",
                "v: \"a\\\\b\\tX\"",
                "v: 'a + X'",
                "v: 'it''s + X'",
                "{ v: \"🎈 + X\" }",
                "v: a +\n  b +\n  X * c",
                "v: a +\n  b\n  X",
                "v: a + # a comment\nw: 1\nv2: X",
                "v: \"a +\n    b + X\"",
                "v: |\n  a +\n  b + X\n",
                "v: |\n  X\n",
                "v: |\n    a\n      b\n\n    c X\n",
                "v: >\n  a +\n  b + X\n",
                "v: >-\n  a +\n  X\n",
                "list:\n  - w: 1\n    v: |\n      a\n      X"
            })
    void findsTheCharacterWhereItWasWritten(String yaml) {
        Located<String> value = value(yaml);

        Mark mark = WrittenValue.mark(value, value.value().indexOf('X'));

        List<String> lines = yaml.lines().toList();
        String line = lines.get(mark.line() - 1);
        int place = line.offsetByCodePoints(0, mark.column() - 1);
        assertThat(line.substring(place)).as(yaml + " " + mark).startsWith("X");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v: \"a\\x41 + X\"", "v: \"a\\\n  b X\""})
    void takesThePlaceOfTheWholeWhereItCannotTell(String yaml) {
        Located<String> value = value(yaml);
        assertThat(WrittenValue.mark(value, value.value().indexOf('X'))).isEqualTo(value.mark());
    }

    @Test
    void takesThePlaceOfTheWholeWhereAVariableWasFilledIn() {
        Located<String> written = value("v: ${env:A} + X");
        var filled = new Located<>("abc + X", written.mark());
        assertThat(WrittenValue.mark(filled, 6)).isEqualTo(written.mark());
    }

    @Test
    void takesThePlaceOfTheWholeWhereTheSourceIsNotShown() {
        var value = new Located<>("abc", Mark.whole(SourceText.named("option")));
        assertThat(WrittenValue.mark(value, 2)).isEqualTo(value.mark());
    }

    /** The text that holds the X, or the first. */
    private static Located<String> value(String yaml) {
        var problems = new Problems();
        Node root =
                Yaml.parse(yaml, SourceText.ofText("a.yaml", yaml), problems).orElseThrow();
        Node.Scalar found = scalars(root).stream()
                .filter(scalar -> scalar.text().contains("X"))
                .findFirst()
                .orElseThrow();
        return new Located<>(found.text(), found.mark());
    }

    private static List<Node.Scalar> scalars(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> List.of(scalar);
            case Node.Sequence sequence ->
                sequence.items().stream()
                        .flatMap(item -> scalars(item).stream())
                        .toList();
            case Node.Mapping mapping ->
                mapping.entries().stream()
                        .flatMap(entry -> scalars(entry.value()).stream())
                        .toList();
        };
    }
}
