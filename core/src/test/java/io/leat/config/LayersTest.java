package io.leat.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.name.EnvironmentName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayersTest {

    private static final EnvironmentName PROD = new EnvironmentName("prod");

    private static final Key<ByteSize> MEMORY = Key.optional("memory", Shape.bytes(), "Memory.", "1GB");
    private static final Key<Integer> SLOTS = Key.optional("slots", Shape.count(1, 99), "Slots.", "2");
    private static final Key<String> ZONE = Key.optional("timezone", Shape.text(), "Zone.", "UTC");
    private static final ObjectShape<String> DEFAULTS = Shape.object(
            "defaults",
            "Defaults.",
            fields -> fields.value(MEMORY) + " " + fields.value(SLOTS) + " " + fields.value(ZONE),
            MEMORY,
            SLOTS,
            ZONE);
    private static final Key<String> PROJECT = Key.required("project", Shape.text(), "Name.");
    private static final Key<String> DEFAULTS_KEY = Key.optional("defaults", DEFAULTS, "Defaults.", "{}");
    private static final Key<List<String>> TAGS = Key.optional("tags", Shape.list(Shape.text()), "Tags.", "[]");
    private static final ObjectShape<String> SHAPE = Shape.object(
            "project",
            "A project.",
            fields -> fields.value(PROJECT) + " " + fields.value(DEFAULTS_KEY) + " " + fields.value(TAGS),
            PROJECT,
            DEFAULTS_KEY,
            TAGS);

    private final Path root;

    LayersTest(@TempDir Path root) {
        this.root = root;
    }

    @BeforeEach
    void writeFiles() throws IOException {
        write("leat.yaml", "project: demo\ndefaults: { memory: 2GB, slots: 3 }\ntags: [a]\n");
    }

    @Test
    void laterLayersWinKeyByKey() throws IOException {
        assertThat(settings(Map.of(), Map.of())).isEqualTo("demo 2GB 3 UTC [a]");
        write("config/prod.yaml", "defaults: { memory: 4GB }\ntags: [b, c]\n");
        assertThat(settings(Map.of(), Map.of())).isEqualTo("demo 4GB 3 UTC [b, c]");
        write(".env", "LEAT_DEFAULTS__MEMORY=5GB\nLEAT_DEFAULTS__TIMEZONE=Asia/Tokyo\nLEAT_PROJECT=5\n");
        assertThat(settings(Map.of(), Map.of())).isEqualTo("5 5GB 3 Asia/Tokyo [b, c]");
        Map<String, String> variables = Map.of("LEAT_DEFAULTS__MEMORY", "6GB", "LEAT_TAGS", "[x]", "LEAT_HOME", "/y");
        assertThat(settings(variables, Map.of())).isEqualTo("5 6GB 3 Asia/Tokyo [x]");
        assertThat(settings(variables, Map.of("defaults.memory", "7GB", "defaults.slots", "9")))
                .isEqualTo("5 7GB 9 Asia/Tokyo [x]");
    }

    @Test
    void aProblemNamesTheLayer() throws IOException {
        write("config/prod.yaml", "defaults:\n  memory: 4\n");
        write(".env", "LEAT_DEFAULTS__SLOTS=many\n");

        assertThat(problems(
                        Map.of("LEAT_DEFAULTS__TIMEZON", "UTC", "LEAT_DEFALTS__MEMORY", "1GB"), Map.of("tags", "x")))
                .extracting(problem -> problem.mark() + ": " + problem.message())
                .containsExactlyInAnyOrder(
                        "config/prod.yaml:2:11: the number 4 cannot stand here",
                        ".env:1:1: 'many' cannot stand here",
                        "environment variable LEAT_DEFAULTS__TIMEZON: the key 'timezon' is not known in defaults",
                        "environment variable LEAT_DEFALTS__MEMORY: LEAT_DEFALTS__MEMORY names the key 'defalts', which is"
                                + " not known",
                        "option tags of the command line: 'x' cannot stand here");
    }

    @Test
    void fillsInReferencesFromDotEnvAndProcess() throws IOException {
        write("leat.yaml", "project: ${env:NAME}\ndefaults: { timezone: \"${env:ZONE}\" }\n");
        write(".env", "NAME=from_file\nZONE=UTC\n");

        assertThat(settings(Map.of("NAME", "from_process"), Map.of())).isEqualTo("from_process 1GB 2 UTC []");
    }

    @Test
    void aMissingOrEmptyFileIsOneProblem() throws IOException {
        write("leat.yaml", "");
        assertThat(problems(Map.of(), Map.of()))
                .extracting(Problem::message)
                .containsExactly("the key 'project' is missing in project");
        Files.delete(root.resolve("leat.yaml"));
        assertThat(problems(Map.of(), Map.of())).extracting(Problem::message).containsExactly("there is no such file");
        write("leat.yaml", "[a]");
        assertThat(problems(Map.of(), Map.of()))
                .extracting(Problem::message)
                .containsExactly("a list cannot stand here");
    }

    private String settings(Map<String, String> variables, Map<String, String> overrides) {
        var problems = new Problems();
        var value = read(variables, overrides, problems);
        problems.throwIfAny();
        return value.orElseThrow();
    }

    private List<Problem> problems(Map<String, String> variables, Map<String, String> overrides) {
        var problems = new Problems();
        read(variables, overrides, problems);
        return problems.sorted();
    }

    private Optional<String> read(Map<String, String> variables, Map<String, String> overrides, Problems problems) {
        return Layers.open(root, variables, problems)
                .settings(PROD, overrides, SHAPE.keyNames(), problems)
                .flatMap(node -> SHAPE.read(node, problems));
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), text);
    }
}
