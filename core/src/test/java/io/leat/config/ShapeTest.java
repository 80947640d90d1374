package io.leat.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.name.ErrorCode;
import io.leat.time.TimeSpan;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Also the example of how a shape is written. */
class ShapeTest {

    enum Catchup {
        ALL,
        LAST,
        NONE
    }

    record WindowSpec(String column, TimeSpan stability, Catchup catchup, Optional<ZoneId> zone) {

        private static final Key<String> COLUMN = Key.required("column", Shape.text(), "Puts a row into a window.");
        private static final Key<TimeSpan> STABILITY =
                Key.optional("stability", Shape.duration(), "Age at which a window is due.", "1d");
        private static final Key<Catchup> CATCHUP =
                Key.optional("catchup", Shape.oneOf(Catchup.class), "Which windows of the past are loaded.", "all");
        private static final Key<Optional<ZoneId>> ZONE =
                Key.optional("timezone", Shape.zone(), "Zone of the calendar.");

        static final ObjectShape<WindowSpec> SHAPE = Shape.object(
                "window", "Puts rows into windows of time.", WindowSpec::of, COLUMN, STABILITY, CATCHUP, ZONE);

        private static WindowSpec of(Fields fields) {
            return new WindowSpec(
                    fields.value(COLUMN), fields.value(STABILITY), fields.value(CATCHUP), fields.value(ZONE));
        }
    }

    sealed interface Step {}

    record Trim(List<String> columns) implements Step {
        static final Key<Trim> KEY =
                Key.required("trim", Shape.oneOrList(Shape.text()).as(Trim::new), "Removes spaces around texts.");
    }

    record Derive(Map<String, String> columns) implements Step {
        static final Key<Derive> KEY =
                Key.required("derive", Shape.map(Shape.text()).as(Derive::new), "Adds columns.");
    }

    private static final Choice<Step> STEP = Choice.exactlyOne(List.of(Trim.KEY, Derive.KEY));
    private static final ObjectShape<Step> STEP_SHAPE =
            Shape.object("step", "An operation on rows.", fields -> fields.value(STEP), STEP);

    @Test
    void readsAnObjectWithDefaults() {
        WindowSpec window = read(WindowSpec.SHAPE, """
                column: departed_at
                stability: 2h
                """);

        assertThat(window)
                .isEqualTo(new WindowSpec("departed_at", TimeSpan.parse("2h"), Catchup.ALL, Optional.empty()));
    }

    @Test
    void findsAllProblemsAtOnceWithTheirPlaces() {
        String text = """
                colum: departed_at
                stability: soon
                catchup: non
                timezone: Mars/Olympus
                """;

        assertThat(problems(WindowSpec.SHAPE, text)).extracting(Problem::render).containsExactly("""
                E102 test.yaml:1:1: the key 'colum' is not known in window
                  1 | colum: departed_at
                    | ^
                  expected: one of column, stability, catchup, timezone
                  hint: did you mean 'column'?""", """
                E104 test.yaml:2:12: 'soon' is not a duration
                  2 | stability: soon
                    |            ^
                  expected: a duration such as 90s, 15m, 2h or 7d""", """
                E104 test.yaml:3:10: 'non' is not known here
                  3 | catchup: non
                    |          ^
                  expected: one of all, last, none
                  hint: did you mean 'none'?""", """
                E104 test.yaml:4:11: 'Mars/Olympus' is not a time zone
                  4 | timezone: Mars/Olympus
                    |           ^
                  expected: an IANA time zone such as Europe/Berlin or UTC""");
    }

    @Test
    void namesTheMissingKey() {
        assertThat(problems(WindowSpec.SHAPE, "catchup: last")).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.MISSING_KEY);
            assertThat(problem.message()).isEqualTo("the key 'column' is missing in window");
        });
    }

    @Test
    void readsAChoiceOfKeys() {
        assertThat(read(Shape.list(STEP_SHAPE), """
                - trim: [origin, destination]
                - trim: origin
                - derive: { late: "delay > 15" }
                """))
                .containsExactly(
                        new Trim(List.of("origin", "destination")),
                        new Trim(List.of("origin")),
                        new Derive(Map.of("late", "delay > 15")));
    }

    @Test
    void refusesTwoKeysOfAChoiceAndNone() {
        assertThat(problems(Shape.list(STEP_SHAPE), """
                - { trim: a, derive: {} }
                - {}
                - trimm: a
                """))
                .extracting(problem -> problem.mark().line() + " " + problem.message())
                .containsExactly(
                        "1 'trim' and 'derive' cannot stand together in step",
                        "2 a key is missing in step",
                        "3 the key 'trimm' is not known in step");
    }

    @Test
    void readsKindsByTheValueOfAKey() {
        Key<String> host = Key.required("host", Shape.text(), "Where it listens.");
        Key<String> bucket = Key.required("bucket", Shape.text(), "Where files lie.");
        var kinds = new LinkedHashMap<String, ObjectShape<? extends String>>();
        kinds.put("postgresql", Shape.object("postgresql", "A database.", fields -> fields.value(host), host));
        kinds.put("s3", Shape.object("s3", "A bucket.", fields -> fields.value(bucket), bucket));
        Shape<Map<String, String>> connections = Shape.map(Shape.typed("connection", "type", kinds));

        assertThat(read(connections, "{ a: { type: s3, bucket: b }, c: { type: postgresql, host: h } }"))
                .containsExactly(Map.entry("a", "b"), Map.entry("c", "h"));
        assertThat(problems(connections, "{ a: { type: S4 }, b: {}, c: { type: s3, host: h } }"))
                .extracting(Problem::message)
                .containsExactly(
                        "'S4' is not a known type of connection",
                        "the key 'type' is missing in connection",
                        "the key 'bucket' is missing in s3",
                        "the key 'host' is not known in s3");
    }

    @Test
    void choosesAmongAlternativesByWhatWasWritten() {
        Key<String> path = Key.required("path", Shape.text(), "A glob.");
        Shape<String> files =
                Shape.either(Shape.text(), Shape.object("files", "Files.", fields -> fields.value(path), path));

        assertThat(read(files, "'*.csv'")).isEqualTo("*.csv");
        assertThat(read(files, "path: '*.csv'")).isEqualTo("*.csv");
        assertThat(problems(files, "[a]"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.expected()).isEqualTo("a text; or a mapping with path"));
    }

    @Test
    void aConstructorsRefusalIsAProblemAtTheObject() {
        Key<Long> low = Key.required("low", Shape.integer(), "From.");
        Key<Long> high = Key.required("high", Shape.integer(), "To.");
        ObjectShape<Long> range = Shape.object(
                "range",
                "A range.",
                fields -> {
                    if (fields.value(low) > fields.value(high)) {
                        fields.refuse(high, "high is smaller than low");
                    }
                    return fields.value(high) - fields.value(low);
                },
                low,
                high);

        assertThat(read(range, "{ low: 0x10, high: 20 }")).isEqualTo(4);
        assertThat(problems(range, "low: 5\nhigh: 4"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.mark().line()).isEqualTo(2));
        assertThat(problems(range, "low: 99999999999999999999\nhigh: '5'"))
                .extracting(Problem::message)
                .containsExactly("the number 99999999999999999999 does not fit into 64 bits", "'5' cannot stand here");
    }

    @Test
    void anEmptyListOrMappingMayBeLeftOut() {
        assertThat(read(Shape.list(Shape.text()), "~")).isEmpty();
        Key<List<String>> tags = Key.optional("tags", Shape.list(Shape.text()), "Tags.", "[demo]");
        ObjectShape<List<String>> shape = Shape.object("x", "X.", fields -> fields.value(tags), tags);
        assertThat(read(shape, "tags:")).containsExactly("demo");
    }

    @Test
    void aNumberWhereATextIsWantedNeedsQuotes() {
        assertThat(problems(Shape.text(), "5")).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo("the number 5 cannot stand here");
            assertThat(problem.hint()).isEqualTo("put it in quotes to make it a text");
        });
    }

    @Test
    void aWrongDefaultIsAMistakeOfTheProgram() {
        Key<TimeSpan> key = Key.optional("late", Shape.duration(), "Late.", "never");
        ObjectShape<TimeSpan> shape = Shape.object("x", "X.", fields -> fields.value(key), key);

        assertThatThrownBy(() -> read(shape, "{}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("late");
    }

    private static <T> T read(Shape<T> shape, String text) {
        var problems = new Problems();
        Optional<T> value = parse(text, problems).flatMap(node -> shape.read(node, problems));
        problems.throwIfAny();
        return value.orElseThrow();
    }

    private static List<Problem> problems(Shape<?> shape, String text) {
        var problems = new Problems();
        assertThat(parse(text, problems).flatMap(node -> shape.read(node, problems)))
                .isEmpty();
        return problems.sorted();
    }

    private static Optional<Node> parse(String text, Problems problems) {
        return Yaml.parse(text, SourceText.ofFile(Path.of("test.yaml"), text), problems);
    }
}
