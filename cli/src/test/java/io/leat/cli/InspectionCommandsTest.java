package io.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commands that only look, over a project that has been loaded: they say the same in every form. */
class InspectionCommandsTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    static Path folder;

    private static SampleProject project;

    @BeforeAll
    static void load() {
        project = SampleProject.in(folder);
        project.data("run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "models", "catalog", "windows trips", "rejects", "explain"})
    void sayTheSameInEveryForm(String command) {
        String[] words = command.split(" ");
        List<JsonNode> rows = project.json(words);

        String table = project.data(with(words, "-o", "table"));
        List<String> csv = project.data(with(words, "-o", "csv")).lines().toList();
        List<JsonNode> lines = project.data(with(words, "-o", "ndjson"))
                .lines()
                .map(line -> (JsonNode) JSON.readTree(line))
                .toList();
        String yaml = project.data(with(words, "-o", "yaml"));

        assertThat(rows).isNotEmpty();
        assertThat(lines).as("as lines").isEqualTo(rows);
        assertThat(yaml.lines().filter(line -> line.startsWith("- ")))
                .as("as YAML")
                .hasSameSizeAs(rows);
        assertThat(csv).as("as CSV").hasSizeGreaterThan(rows.size());
        for (JsonNode row : rows) {
            String first = row.iterator().next().asString();
            assertThat(csv).as("as CSV").anyMatch(line -> line.contains(first));
            assertThat(table).as("as a table").contains(first);
            assertThat(yaml).as("as YAML").contains(first);
        }
    }

    private static String[] with(String[] words, String... more) {
        String[] all = new String[words.length + more.length];
        System.arraycopy(words, 0, all, 0, words.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }

    @Test
    void aQuietCommandPrintsDataAlone() {
        CommandRun run = project.run("windows", "trips", "-q");
        assertThat(run.messages()).isEmpty();
        assertThat(run.data()).contains("trips@2024-01-01");
    }

    @Test
    void theCatalogTellsTablesViewsAndColumns() {
        assertThat(project.json("catalog"))
                .extracting(row -> row.path("table").asString() + " "
                        + row.path("kind").asString() + " " + row.path("rows").asString() + " "
                        + row.path("filled_by").asString())
                .containsExactlyInAnyOrder(
                        "bronze.sales table 2 sales",
                        "bronze.trips table 1 trips",
                        "gold.totals table 2 model gold.totals",
                        "leat.rejects table 3 ",
                        "gold.names view  model gold.names");
        assertThat(project.json("catalog", "bronze.sales"))
                .extracting(row ->
                        row.path("column").asString() + " " + row.path("type").asString() + " "
                                + row.path("description").asString(""))
                .containsExactly("id integer the number of the sale", "country string ", "amount decimal(10,2) ");
        assertThat(project.json("catalog", "gold.names"))
                .extracting(row -> row.path("column").asString())
                .containsExactly("country");
    }

    @Test
    void whyTellsTheStoryInWordsAndAsData() {
        assertThat(project.data("why", "sales@all"))
                .contains("completed: 2 rows in the target", "4 read: 2 to load, 2 rejected", "because it became due")
                .contains(
                        "check     enough warn: 2 rows, allowed: at least 10",
                        "check     once passed",
                        "in table  load");
        JsonNode why = project.json("why", "sales@all").getFirst();
        assertThat(why.path("reason").asString()).startsWith("completed");
        JsonNode generation = why.path("generations").path(0);
        assertThat(generation.path("checks"))
                .extracting(check -> check.path("name").asString() + " "
                        + check.path("verdict").asString())
                .containsExactly("enough WARN", "once PASS");
        JsonNode load = why.path("loads").path(0);
        assertThat(load.path("rows").asLong()).isEqualTo(2);
        assertThat(load.path("rejected").asLong()).isEqualTo(2);
        assertThat(load.path("load_id").asString()).isNotEmpty();
    }

    @Test
    void whyTellsWindowsByTheirLocalTime() {
        assertThat(project.data("why", "trips@2024-01-02"))
                .contains(
                        "window    2024-01-02 00:00 CET (2024-01-01 23:00Z) to 2024-01-03 00:00 CET (2024-01-02 23:00Z)")
                .contains("1 read: 0 to load, 1 rejected");
        assertThat(project.data("why", "trips@2024-01-09")).contains("not loaded: the pipeline ends 2024-01-04");
    }

    @Test
    void logsListRunsAndShowOne() {
        assertThat(project.json("logs", "--last", "100")).anySatisfy(run -> {
            assertThat(run.path("command").asString()).isEqualTo("run");
            assertThat(run.path("exit_code").asInt()).isZero();
            assertThat(run.path("outcome").asString()).isEqualTo("done");
            assertThat(run.path("took_ms").asLong()).isPositive();
        });
        String id = project.json("logs").getFirst().path("run_id").asString();
        assertThat(project.data("logs", id.substring(0, 8))).isEqualTo(project.data("logs", "last"));
        assertThat(project.data("logs", id).lines())
                .allSatisfy(line ->
                        assertThat(JSON.readTree(line).path("time").asString()).isNotEmpty())
                .anyMatch(line -> line.contains("sales@all") && line.contains("loaded"));
    }

    @Test
    void aLogThatIsGoneIsToldSo() throws IOException {
        SampleProject other = SampleProject.in(folder.resolve("other"));
        other.data("run", "-q");
        try (var logs = Files.list(other.root().resolve(".leat/logs"))) {
            for (Path log : logs.toList()) {
                Files.delete(log);
            }
        }
        CommandRun run = other.run("logs", "last");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.messages()).contains("E503", "the log of that run is gone");
    }

    @Test
    void rejectsAreSelectedByPipelineAndCode() {
        assertThat(project.json("rejects"))
                .extracting(row -> row.path("file").asString() + ":"
                        + row.path("record").asInt() + " " + row.path("code").asString() + " "
                        + row.path("value").asString())
                .containsExactly(
                        "data/sales.csv:3 PATTERN xx", "data/sales.csv:4 TYPE many", "data/trips.csv:2 RANGE -2");
        assertThat(project.json("rejects", "trips")).hasSize(1);
        assertThat(project.json("rejects", "--code", "type,range")).hasSize(2);
        assertThat(project.json("rejects", "--count", "sales")).hasSize(2);
        CommandRun few = project.run("rejects", "--limit", "1");
        assertThat(few.data().lines()).hasSize(2);
        assertThat(few.messages()).contains("the first 1; --limit 0 shows all");
        assertThat(project.json("rejects", "--limit", "0")).hasSize(3);
    }

    @Test
    void windowsAreSelectedByBoundsAndStatus() {
        assertThat(project.json("windows", "trips"))
                .extracting(row -> row.path("name").asString())
                .containsExactly("trips@2024-01-01", "trips@2024-01-02", "trips@2024-01-03");
        assertThat(project.json("windows", "trips", "--start", "2024-01-02", "--end", "2024-01-03"))
                .extracting(row -> row.path("name").asString())
                .containsExactly("trips@2024-01-02");
        assertThat(project.json("windows", "trips", "--status", "failed")).isEmpty();
        CommandRun several = project.run("windows", "*");
        assertThat(several.exitCode()).isEqualTo(2);
        assertThat(several.messages()).contains("names 4 pipelines and models, expected one");
    }

    @Test
    void lsShowsWhatASelectionMeans() {
        assertThat(project.json("ls", "sales+"))
                .extracting(row -> row.path("name").asString())
                .containsExactly("sales", "gold.names", "gold.totals");
        assertThat(project.json("ls", "+gold.totals"))
                .extracting(row -> row.path("name").asString())
                .containsExactly("sales", "gold.totals");
        assertThat(project.json("ls", "tag:daily"))
                .extracting(row -> row.path("name").asString())
                .containsExactly("sales");
        assertThat(project.json("ls", "path:models", "--exclude", "gold.names"))
                .extracting(row -> row.path("name").asString())
                .containsExactly("gold.totals");
    }

    @Test
    void queriesShowValuesOfEveryType() {
        String sql = """
                SELECT 1::TINYINT AS small, 12345678901234567890::HUGEINT AS huge, 1.50::DECIMAL(10,2) AS exact, 0.1::FLOAT AS real,
                       true AS flag, DATE '2024-02-29' AS day, TIMESTAMP '2024-02-29 10:00:00' AS local,
                       TIMESTAMPTZ '2024-02-29 10:00:00+00' AS instant, [1, 2] AS list, {'a': 1, 'b': 'x'} AS struct,
                       MAP {'k': 1} AS map, '\\xAB'::BLOB AS bytes, NULL AS nothing, concat('tab', chr(9), '"quoted"', chr(13), chr(1)) AS text
                """;
        JsonNode row = project.json("query", sql).getFirst();
        assertThat(row.path("small").asInt()).isEqualTo(1);
        assertThat(row.path("huge").asString()).isEqualTo("12345678901234567890");
        assertThat(row.path("flag").asBoolean()).isTrue();
        assertThat(row.path("day").asString()).isEqualTo("2024-02-29");
        assertThat(row.path("local").asString()).isEqualTo("2024-02-29T10:00:00");
        assertThat(row.path("instant").asString()).isEqualTo("2024-02-29T10:00:00Z");
        assertThat(row.path("list").path(1).asInt()).isEqualTo(2);
        assertThat(row.path("bytes").asString()).isEqualTo("ab");
        assertThat(row.path("nothing").isNull()).isTrue();
        assertThat(row.path("text").asString()).isEqualTo("tab\t\"quoted\"\r\u0001");
        assertThat(project.data("query", sql, "-o", "json")).contains("\"exact\":1.50");
        assertThat(project.data("query", sql)).contains("12345678901234567890", "yes", "[1,2]", "2024-02-29");
    }

    @Test
    void aQueryCanStandInAFile() throws IOException {
        Files.writeString(folder.resolve("q.sql"), "-- of all\nSELECT count(*) AS n FROM bronze.sales;\n\n");
        assertThat(project.json("query", "--file", "q.sql").getFirst().path("n").asInt())
                .isEqualTo(2);
    }

    @Test
    void explainTellsAPageInWordsAndAsData() {
        assertThat(project.data("explain", "e003")).startsWith("# E003").contains("**What to do**");
        JsonNode page = project.json("explain", "E003").getFirst();
        assertThat(page.path("exit_code").asInt()).isEqualTo(4);
        assertThat(page.path("page").asString()).contains("**Why**");
    }

    @Test
    void theReportTellsWhatHappenedAndIsAPage() throws IOException {
        JsonNode report = project.json("report", "--since", "1h").getFirst();
        assertThat(report.path("pipelines"))
                .extracting(line ->
                        line.path("name").asString() + " " + line.path("read").asInt())
                .contains("sales 4", "trips 2");
        assertThat(report.path("checks"))
                .extracting(check -> check.path("name").asString())
                .contains("enough");
        assertThat(project.data("report", "--since", "1h")).contains("rejected", "enough");

        CommandRun run = project.run("report", "--since", "1h", "--html", "report.html");
        assertThat(run.messages()).contains("wrote ", "slices with");
        assertThat(Files.readString(folder.resolve("report.html")))
                .startsWith("<!doctype html>")
                .contains("<td>sales</td>", "Checks that did not pass", "<td>enough</td>")
                .doesNotContain("Failed</h2>");
    }

    @Test
    void theReportTellsFailuresAndNoneOfItIsMarkup() throws IOException {
        SampleProject other = SampleProject.in(folder.resolve("failing"));
        other.file(
                "pipelines/sales.yaml",
                Files.readString(other.root().resolve("pipelines/sales.yaml"))
                        .replace("name: enough", "name: <b>enough</b>")
                        .replace("severity: warn", "severity: error"));
        assertThat(other.run("run").exitCode()).isEqualTo(4);

        assertThat(other.data("report")).contains("sales@all", "E301");
        other.data("report", "--html", "r.html", "-q");
        assertThat(Files.readString(other.root().resolve("r.html")))
                .contains("<h2>Failed</h2>", "<td>sales@all</td>", "&lt;b&gt;enough&lt;/b&gt;")
                .doesNotContain("<b>enough");
    }
}
