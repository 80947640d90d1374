package io.leat.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The demo as users run it: what the engine says must equal, row by row and window by window, what the generator knows. */
class DemoRunTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void endsWithEveryRowAtTheFateThatTheManifestNames() throws IOException {
        var first = CommandRun.in(folder, "demo", "demo");
        assertThat(first.exitCode()).as(first.messages()).isZero();
        assertThat(first.data()).contains("trips_spring@2024-03-10T02").contains("model master.indicators");
        assertThat(first.messages()).contains("Try next:");

        assertThat(rejected(json("rejects"), "code")).isEqualTo(rejected(expectedRejects(), "code"));
        Map<String, String> expected = expectedTotals();
        Map<String, String> counted = countedTotals();
        assertThat(counted).containsAllEntriesOf(expected);
        assertThat(counted.entrySet().stream().filter(slice -> !expected.containsKey(slice.getKey())))
                .allMatch(slice -> slice.getValue().equals("0 0 0 0 0"));

        var again = CommandRun.in(folder, "demo", "demo");
        assertThat(again.exitCode()).isZero();
        assertThat(again.messages()).contains("already").contains("nothing to do");
        assertThat(again.data()).contains("skipped").doesNotContain(" loaded ");
    }

    private List<JsonNode> json(String... command) {
        String[] arguments = new String[command.length + 5];
        System.arraycopy(command, 0, arguments, 0, command.length);
        System.arraycopy(new String[] {"--project", "demo", "-q", "-o", "ndjson"}, 0, arguments, command.length, 5);
        var run = CommandRun.in(folder, arguments);
        assertThat(run.exitCode()).as(run.messages()).isZero();
        return run.data().lines().map(JSON::readTree).toList();
    }

    private List<JsonNode> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve("demo").resolve(file)).stream()
                .map(JSON::readTree)
                .toList();
    }

    private List<JsonNode> expectedRejects() throws IOException {
        return lines("manifest/defects.ndjson").stream()
                .filter(defect -> defect.get("fate").asString().equals("rejected"))
                .toList();
    }

    private static Map<String, String> rejected(List<JsonNode> rows, String code) {
        var found = new TreeMap<String, String>();
        rows.forEach(row -> found.merge(
                row.get("file").asString() + ":" + row.get("record").asLong(),
                row.get(code).asString(),
                (one, other) -> one + " and " + other));
        return found;
    }

    /** Windows and whole sources; rows of no window belong to files, whose slices bear a hash. */
    private Map<String, String> expectedTotals() throws IOException {
        var totals = new TreeMap<String, String>();
        for (JsonNode slice : lines("manifest/totals.ndjson")) {
            if (!slice.get("slice").asString().contains("/")) {
                totals.put(
                        slice.get("pipeline").asString() + "@"
                                + slice.get("slice").asString(),
                        numbers(slice, "read", "loaded", "rejected", "filtered", "deduplicated"));
            }
        }
        return totals;
    }

    private Map<String, String> countedTotals() {
        var totals = new TreeMap<String, String>();
        for (JsonNode node : json("ls")) {
            if (node.get("kind").asString().equals("pipeline")) {
                json("windows", node.get("name").asString()).stream()
                        .filter(record -> !record.get("slice").asString().startsWith("f/"))
                        .forEach(record -> totals.put(
                                record.get("name").asString(),
                                numbers(
                                        record,
                                        "source_count",
                                        "staged_count",
                                        "rejected_count",
                                        "filtered_count",
                                        "deduplicated_count")));
            }
        }
        return totals;
    }

    private static String numbers(JsonNode row, String... names) {
        return List.of(names).stream()
                .map(name -> row.get(name).asString())
                .reduce((a, b) -> a + " " + b)
                .orElse("");
    }
}
