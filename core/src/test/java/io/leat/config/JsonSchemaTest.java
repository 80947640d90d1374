package io.leat.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemaTest {

    enum Mode {
        REPLACE,
        APPEND
    }

    static final ObjectShape<String> EVERYTHING_SHAPE = everything();
    private static final SchemaValidation EVERYTHING = new SchemaValidation(EVERYTHING_SHAPE);

    /** A shape with every kind of part. */
    private static ObjectShape<String> everything() {
        Key<String> name = Key.required("name", Shape.text(), "A name.");
        Key<Mode> mode = Key.optional("mode", Shape.oneOf(Mode.class), "A word.", "replace");
        Key<Integer> size = Key.optional("size", Shape.count(0, 10), "A number.", "3");
        Key<?> truth = Key.optional("truth", Shape.bool(), "A truth value.");
        Key<?> share =
                Key.optional("share", Shape.parsedScalar("a count or share", "[0-9]+%?", text -> text), "5 or 5%.");
        Key<?> ratio = Key.optional("ratio", Shape.number(), "A fraction.");
        Key<?> memory = Key.optional("memory", Shape.bytes(), "A size.", "1GB");
        Key<?> late = Key.optional("late", Shape.duration(), "A time.", "0");
        Key<?> password = Key.optional("password", Shape.secret(), "A secret.");
        Key<?> tags = Key.optional("tags", Shape.list(Shape.text()), "Texts.", "[]");
        Key<?> columns = Key.optional("columns", Shape.map(Shape.text()), "Texts by name.");
        Key<?> table = Key.optional("table", Shape.tableName(), "A table.");
        Key<?> extra = Key.optional("extra", Shape.any(), "Anything.");
        Key<String> path = Key.required("path", Shape.text(), "A path.");
        ObjectShape<String> files = Shape.object("files", "Files.", fields -> fields.value(path), path);
        Key<?> from = Key.optional("from", Shape.either(Shape.text(), files), "Files, short or long.");
        Key<?> sources = Key.optional("sources", Shape.oneOrList(files), "One or several.");
        var kinds = new LinkedHashMap<String, ObjectShape<? extends String>>();
        kinds.put("files", files);
        kinds.put("nothing", Shape.object("nothing", "None.", fields -> ""));
        Key<?> connections =
                Key.optional("connections", Shape.map(Shape.typed("connection", "type", kinds)), "By name.");
        Choice<?> choice = Choice.atMostOne(List.<Key<? extends String>>of(
                Key.required("left", Shape.text(), "This."), Key.required("right", Shape.text(), "Or that.")));
        return Shape.object(
                "everything",
                "Has every kind of part.",
                fields -> fields.value(name),
                name,
                mode,
                size,
                truth,
                share,
                ratio,
                memory,
                late,
                password,
                tags,
                columns,
                table,
                extra,
                from,
                sources,
                connections,
                choice);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: x",
                "{ name: x, mode: append, size: 5, truth: true, share: 5%, ratio: 1.5 }",
                "{ name: x, size: 0x0a, share: 5, ratio: 3, memory: 512MB, late: 7d }",
                "{ name: x, size: \"${env:SIZE}\", mode: \"${env:MODE}\" }",
                "{ name: x, password: p, table: bronze.flights, tags: [a, b], columns: { a: b } }",
                "{ name: x, late: 0, tags: , columns: ~ }",
                "{ name: x, extra: { a: [1, null] }, from: '*.csv', sources: { path: a } }",
                "{ name: x, from: { path: a }, sources: [{ path: a }, { path: b }] }",
                "{ name: x, connections: { a: { type: files, path: b }, b: { type: nothing } } }",
                "{ name: x, left: a }",
            })
    void whatTheLoaderTakesTheSchemaTakes(String yaml) {
        assertThat(EVERYTHING.bySchema(yaml)).isEmpty();
        if (!yaml.contains("${")) {
            assertThat(EVERYTHING.byLoader(yaml)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "name: 5",
                "{ name: x, nam: y }",
                "{ name: x, mode: merge }",
                "{ name: x, size: 11 }",
                "{ name: x, size: 1.5 }",
                "{ name: x, truth: 'true' }",
                "{ name: x, memory: much }",
                "{ name: x, late: soon }",
                "{ name: x, tags: a }",
                "{ name: x, columns: { a: 1 } }",
                "{ name: x, table: Flights }",
                "{ name: x, from: [a] }",
                "{ name: x, sources: [] }",
                "{ name: x, connections: { a: { type: files } } }",
                "{ name: x, connections: { a: { type: other } } }",
                "{ name: x, connections: { a: { path: b } } }",
                "{ name: x, left: a, right: b }",
            })
    void bothRefuseUnknownKeysMissingKeysAndWrongValues(String yaml) {
        assertThat(EVERYTHING.byLoader(yaml)).isNotEmpty();
        assertThat(EVERYTHING.bySchema(yaml)).isNotEmpty();
    }

    @Test
    void theSchemaSaysWhatEditorsShow() {
        assertThat(JsonSchema.of("window", ShapeTest.WindowSpec.SHAPE)).contains("""
                "description" : "Age at which a window is due."\
                """, "\"default\" : \"1d\"");
    }

    @Test
    void aShapeThatContainsItselfIsDescribedOnce() {
        var self = new Object() {
            ObjectShape<String> shape = Shape.object("none", "None.", fields -> "");
        };
        Key<?> inner = Key.optional("inner", Shape.lazy("a tree", () -> self.shape), "More of it.");
        self.shape = Shape.object("tree", "A tree.", fields -> "", inner);
        Key<String> root = Key.required("root", self.shape, "The root.");
        var validation = new SchemaValidation(Shape.object("top", "Top.", fields -> fields.value(root), root));

        assertThat(validation.bySchema("root: { inner: { inner: {} } }")).isEmpty();
        assertThat(validation.bySchema("root: { inner: { iner: {} } }")).isNotEmpty();
    }

    @Test
    void theReferenceHasASectionForEachObject() {
        assertThat(ShapeReference.markdown(ShapeTest.WindowSpec.SHAPE)).isEqualTo("""
                ## window

                Puts rows into windows of time.

                | key | value | default | meaning |
                | --- | --- | --- | --- |
                | `column` | a text | required | Puts a row into a window. |
                | `stability` | a duration such as 90s, 15m, 2h or 7d | `1d` | Age at which a window is due. |
                | `catchup` | one of all, last, none | `all` | Which windows of the past are loaded. |
                | `timezone` | an IANA time zone such as Europe/Berlin or UTC |  | Zone of the calendar. |
                """);
        assertThat(ShapeReference.markdown(everything())).contains("## files", "## nothing", "at most one of these");
        assertThat(Shape.object("nothing", "None.", fields -> "").expectation()).isEqualTo("an empty mapping");
    }

    @Test
    void jsonOfANodeShowsNoSecret() {
        var references = new References(Map.of(), name -> java.util.Optional.of("hunter2"));
        var problems = new Problems();
        Node node = Yaml.parse("a: ${secret:X}", SourceText.named("test"), problems)
                .map(read -> references.fill(read, problems))
                .orElseThrow();

        assertThat(JsonSchema.json(node)).contains("***").doesNotContain("hunter2");
    }
}
