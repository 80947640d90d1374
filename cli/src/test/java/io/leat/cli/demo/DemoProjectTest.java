package io.leat.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.config.Problems;
import io.leat.model.Analyzer;
import io.leat.model.Models;
import io.leat.model.Variables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class DemoProjectTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private static Map<String, String> files(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            var found = new TreeMap<String, String>();
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                found.put(folder.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
            return found;
        }
    }

    private List<JsonNode> lines(String file) throws IOException {
        try (var lines = Files.lines(folder.resolve(file))) {
            return lines.map(JSON::readTree).toList();
        }
    }

    @Test
    void writesTheSameBytesForTheSameSeed() throws IOException {
        DemoProject.write(folder.resolve("a"), 1);
        DemoProject.write(folder.resolve("b"), 1);
        DemoProject.write(folder.resolve("c"), 2);
        assertThat(files(folder.resolve("a"))).isEqualTo(files(folder.resolve("b")));
        assertThat(files(folder.resolve("a"))).isNotEqualTo(files(folder.resolve("c")));
    }

    @Test
    void accountsForEveryRecordInItsTotals() throws IOException {
        DemoProject.write(folder, DemoProject.SEED);
        assertThat(lines("manifest/totals.ndjson"))
                .allSatisfy(slice -> assertThat(slice.get("read").asLong()
                                + slice.get("expansion").asLong())
                        .isEqualTo(slice.get("loaded").asLong()
                                + slice.get("rejected").asLong()
                                + slice.get("filtered").asLong()
                                + slice.get("deduplicated").asLong()));
    }

    @Test
    void hasEveryKindOfMess() throws IOException {
        DemoProject.write(folder, DemoProject.SEED);
        var codes = lines("manifest/defects.ndjson").stream()
                .filter(defect -> defect.has("code"))
                .map(defect -> defect.get("code").asString())
                .collect(Collectors.toSet());
        assertThat(codes)
                .containsExactlyInAnyOrder(
                        "TYPE",
                        "REQUIRED",
                        "RANGE",
                        "PATTERN",
                        "VALUES",
                        "MALFORMED",
                        "ENCODING",
                        "LOOKUP",
                        "NO_TIME",
                        "BAD_TIME",
                        "BEFORE_START",
                        "AFTER_END",
                        "AMBIGUOUS_TIME",
                        "GAP_TIME");
        byte[] wellbeing = Files.readAllBytes(folder.resolve("data/indicators/wellbeing.csv"));
        assertThat(wellbeing).startsWith(0xEF, 0xBB, 0xBF);
        String text = new String(wellbeing, StandardCharsets.ISO_8859_1);
        assertThat(text).contains("\r\n").contains("r\u00E9vis\u00E9");
    }

    @Test
    void namesRecordsWhereTheyStand() throws IOException {
        DemoProject.write(folder, DemoProject.SEED);
        List<String> trips = Files.readAllLines(folder.resolve("data/trips/2024-03-10.ndjson"));
        var defects = lines("manifest/defects.ndjson").stream()
                .filter(defect -> defect.get("file").asString().equals("data/trips/2024-03-10.ndjson"))
                .toList();
        assertThat(defects)
                .isNotEmpty()
                .allSatisfy(defect -> assertThat(trips.get(defect.get("record").asInt() - 1))
                        .isEqualTo(defect.get("raw").asString()));
    }

    @Test
    void staysSmall() throws IOException {
        DemoProject.write(folder, DemoProject.SEED);
        long bytes = 0;
        try (var walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        assertThat(bytes).isBetween(1_000_000L, 5_000_000L);
        var windows = lines("manifest/totals.ndjson").stream()
                .filter(slice -> slice.get("slice").asString().matches("\\d{4}-.*"))
                .count();
        assertThat(windows).isBetween(100L, 400L);
    }

    @Test
    void hasModelsThatAreUnderstood() throws IOException {
        DemoProject.write(folder, DemoProject.SEED);
        var problems = new Problems();
        try (var analyzer = Analyzer.open(folder)) {
            var models = Models.read(folder, Variables.NONE, analyzer, problems);
            problems.throwIfAny();
            assertThat(models).hasSize(6);
        }
    }
}
