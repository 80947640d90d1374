package io.leat.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.config.Node.Kind;
import io.leat.config.Node.Mapping;
import io.leat.config.Node.Scalar;
import io.leat.config.Node.Sequence;
import io.leat.name.ErrorCode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlTest {

    private final Path folder;

    YamlTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void marksKeysAndValues() {
        var mapping = (Mapping) read("a: 1\nb:\n  - x\n  - { c: 'y' }\n");

        assertThat(mapping.entry("b").orElseThrow().key().mark()).hasToString("test.yaml:2:1");
        var list = (Sequence) mapping.find("b").orElseThrow();
        assertThat(list.items().get(0).mark()).hasToString("test.yaml:3:5");
        var inner = (Mapping) list.items().get(1);
        assertThat(inner.find("c").orElseThrow().mark()).hasToString("test.yaml:4:10");
    }

    @Test
    void followsTheCoreSchemaOfYaml12() {
        assertThat(
                        kinds(
                                "[yes, on, 'true', true, ~, null, '', 012, 0o17, 0xff, 1e3, .inf, -5, 2001-01-01, 12:30, 1_000]"))
                .containsExactly(
                        Kind.TEXT,
                        Kind.TEXT,
                        Kind.TEXT,
                        Kind.BOOLEAN,
                        Kind.NULL,
                        Kind.NULL,
                        Kind.TEXT,
                        Kind.INTEGER,
                        Kind.INTEGER,
                        Kind.INTEGER,
                        Kind.DECIMAL,
                        Kind.DECIMAL,
                        Kind.INTEGER,
                        Kind.TEXT,
                        Kind.TEXT,
                        Kind.TEXT);
    }

    @Test
    void takesAByteOrderMarkAndWindowsLines() throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), "\uFEFFa: 1\r\nb: 2\r\n");
        var problems = new Problems();

        var mapping = (Mapping) Yaml.read(file, Path.of("a.yaml"), problems).orElseThrow();

        assertThat(problems.isEmpty()).isTrue();
        assertThat(mapping.entries()).extracting(entry -> entry.key().text()).containsExactly("a", "b");
    }

    @Test
    void anEmptyFileHasNoValue() {
        assertThat(read(""))
                .isInstanceOfSatisfying(
                        Scalar.class, scalar -> assertThat(scalar.isNull()).isTrue());
        assertThat(read("# only a comment\n---\n")).isInstanceOf(Scalar.class);
    }

    @Test
    void reportsEachKeyThatStandsTwice() {
        var problems = new Problems();

        assertThat(parse("a: 1\nb: 2\na: 3\nb: 4\n", problems)).isPresent();
        assertThat(problems.sorted())
                .extracting(problem -> problem.mark() + " " + problem.message() + "; " + problem.hint())
                .containsExactly(
                        "test.yaml:3:1 the key 'a' stands twice in this mapping; the first is in line 1",
                        "test.yaml:4:1 the key 'b' stands twice in this mapping; the first is in line 2");
    }

    @Test
    void explainsCommonMistakes() {
        assertThat(problem("a: b: c")).isEqualTo("1:5 a ':' cannot stand here");
        assertThat(problem("a:\n\tb: 1")).isEqualTo("2:1 a tab stands where YAML allows only spaces");
        assertThat(problem("a:\n  b: 1\n c: 2")).isEqualTo("3:2 the line does not fit into what stands above it");
        assertThat(problem("a: 1\nbcd\ne: 2")).isEqualTo("3:1 a ':' is missing after a key");
        assertThat(problem("a: @x")).isEqualTo("1:4 a value cannot begin with @");
        assertThat(problem("a: { b: ${env:X} }")).isEqualTo("1:10 ${…} needs quotes within brackets");
        assertThat(problem("a: 'it's'")).isEqualTo("1:8 this text does not fit into what stands before it");
        assertThat(problem("a: - b")).isEqualTo("1:4 a list cannot begin on the line of its key");
        assertThat(problem("a: \"\\d\"")).isEqualTo("1:6 an escape within double quotes is not known");
        assertThat(problem("a: [1, 2\nb: 3"))
                .isEqualTo("2:2 this does not belong into the brackets that open in line 1");
        assertThat(problem("a: \"x\nb: 3")).isEqualTo("1:4 the quote that begins here is not closed");
        assertThat(problem("a: *b")).isEqualTo("1:4 the alias *b has no anchor &b before it");
        assertThat(problem("a: &b [*b]")).isEqualTo("1:8 the alias *b has no anchor &b before it");
        assertThat(problem("<<: {a: 1}")).isEqualTo("1:1 merge keys (<<) are not part of YAML 1.2");
        assertThat(problem("a: !!binary x")).contains("is not supported");
        assertThat(problem("a: 1\n---\nb: 2")).isEqualTo("2:1 a second document begins here");
        assertThat(problem("[a]: 1")).isEqualTo("1:1 a key must be a text");
        assertThat(problem("a: \u0007")).isEqualTo("1:4 the character U+0007 cannot stand in YAML");
    }

    @Test
    void expandsAliasesWithinBounds() {
        assertThat(kinds("[&a 1, *a, *a]")).containsExactly(Kind.INTEGER, Kind.INTEGER, Kind.INTEGER);
        var laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 20; i++) {
            laughs.append("a").append(i).append(": &a").append(i).append(" [");
            laughs.append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("*a")
                    .append(i - 1)
                    .append("]\n");
        }
        assertThat(problem(laughs.toString())).contains("more than 50000 values");
    }

    @Test
    void boundsDepthAndSize() throws IOException {
        assertThat(problem("[".repeat(100_000))).contains("nesting is deeper than 64 levels");
        var deep = new StringBuilder("a0: &a0 [[[[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]]]\n");
        for (int i = 1; i < 9; i++) {
            deep.append("a" + i + ": &a" + i + " [[[[[[[[[[*a" + (i - 1) + "]]]]]]]]]]\n");
        }
        assertThat(problem(deep.toString())).contains("with this alias the nesting is deeper");
        Path large = Files.write(folder.resolve("large.yaml"), new byte[Yaml.LARGEST + 1]);
        assertThat(problem(large)).contains("the file has 2000001 bytes");
    }

    @Test
    void namesTheByteThatIsNotUtf8() throws IOException {
        Path latin =
                Files.write(folder.resolve("latin.yaml"), "a: 1\nb: Zürich\n".getBytes(Charset.forName("ISO-8859-1")));
        assertThat(problem(latin)).isEqualTo("2:5 the byte at offset 9 is not valid UTF-8");
        Path wide = Files.write(folder.resolve("wide.yaml"), "\uFEFFa: 1".getBytes(StandardCharsets.UTF_16LE));
        assertThat(problem(wide)).startsWith("1:1 the byte at offset 0");
    }

    @Test
    void reportsFilesThatCannotBeRead() {
        assertThat(problem(folder.resolve("none.yaml"))).contains("there is no such file");
        assertThat(problem(folder)).contains("this is a folder");
    }

    @Test
    void showsTheLineWithACaretUnderTheColumn() {
        var problems = new Problems();
        parse("a:\n  - \"tab\tand text: x: y\n", problems);
        parse("x: 'é😀' y", problems);

        assertThat(problems.sorted())
                .allSatisfy(
                        problem -> assertThat(problem.render().lines().count()).isGreaterThanOrEqualTo(3));
        String longLine = new Problem(
                        ErrorCode.YAML_SYNTAX,
                        new Mark(SourceText.ofText("t", "x".repeat(5000)), 1, 4000),
                        "far to the right")
                .render();
        assertThat(longLine.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(200));
    }

    private static List<Kind> kinds(String text) {
        return ((Sequence) read(text))
                .items().stream().map(node -> ((Scalar) node).kind()).toList();
    }

    private static Node read(String text) {
        var problems = new Problems();
        Optional<Node> node = parse(text, problems);
        problems.throwIfAny();
        return node.orElseThrow();
    }

    private static String problem(String text) {
        var problems = new Problems();
        parse(text, problems);
        return only(problems);
    }

    private static String problem(Path file) {
        var problems = new Problems();
        assertThat(Yaml.read(file, Path.of("test.yaml"), problems)).isEmpty();
        return only(problems);
    }

    private static String only(Problems problems) {
        assertThat(problems.sorted()).hasSize(1);
        Problem problem = problems.sorted().getFirst();
        assertThat(problem.code()).isIn(ErrorCode.YAML_SYNTAX, ErrorCode.UNREADABLE_FILE);
        return problem.mark().line() + ":" + problem.mark().column() + " " + problem.message();
    }

    private static Optional<Node> parse(String text, Problems problems) {
        return Yaml.parse(text, SourceText.ofFile(Path.of("test.yaml"), text), problems);
    }
}
