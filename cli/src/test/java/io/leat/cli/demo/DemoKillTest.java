package io.leat.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.cli.CommandRun;
import io.leat.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code kill -9} of {@code leat run} on the demo, at instants spread evenly over the measured run: whatever died, the next run
 * ends with the same tables, rejects and records. A build kills 12 times; {@code -Dleat.kills=60} kills 60 times, and goes on
 * until records have died three times in each of their phases. A kill after the process had ended does not count.
 */
class DemoKillTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REJECTS = "leat.rejects";
    private static final int OF_A_BUILD = 12;
    private static final int FROM_WHICH_PHASES_COUNT = 60;
    private static final int KILLED = 128 + 9;

    /** What differs between two ways to the same end: times, tokens, names of loads and runs. */
    private static final List<String> OF_ONE_WAY = List.of(
            "took_ms",
            "retry_attempt",
            "token",
            "run_id",
            "owner",
            "pipeline_locked_at",
            "load_id",
            "source_to_stage_ingestion_start_time",
            "source_to_stage_ingestion_end_time",
            "stage_to_target_ingestion_start_time",
            "stage_to_target_ingestion_end_time",
            "audit_start_time",
            "audit_end_time",
            "pipeline_start_time",
            "pipeline_end_time",
            "record_last_updated_time");

    @TempDir
    Path folder;

    /** What a record was in when its process died. */
    private enum During {
        STAGE,
        PUBLISH,
        AUDIT
    }

    @Test
    void whereverItIsKilledTheNextRunEndsAsIfNothingHadHappened() throws Exception {
        long seed = Long.getLong("leat.seed", new Random().nextLong());
        int kills = Integer.getInteger("leat.kills", OF_A_BUILD);
        var random = new Random(seed);
        Path undisturbed = written("undisturbed");
        long nanos = Math.min(measured(undisturbed), measured(written("measured")));
        Map<String, List<String>> expected = evidence(undisturbed);
        assertThat(expected.get("tables")).hasSizeGreaterThan(10);
        assertThat(expected.get("records")).hasSizeGreaterThan(40);

        Map<During, Integer> deaths = new EnumMap<>(During.class);
        int kill = 0;
        while (kill < kills || kills >= FROM_WHICH_PHASES_COUNT && !enough(deaths)) {
            String context = "kill %d of %d, seed %d".formatted(kill + 1, kills, seed);
            assertThat(kill).as(context + ", deaths " + deaths).isLessThan(4 * kills);
            double share = kill < kills ? (kill + random.nextDouble()) / kills : 0.3 + 0.7 * random.nextDouble();
            Path project = killed("kill-" + kill, (long) (nanos * share), context);
            during(project).forEach(phase -> deaths.merge(phase, 1, Integer::sum));
            var next = CommandRun.in(folder, "run", "--project", project.toString());
            assertThat(next.exitCode()).as(context + "\n" + next.messages()).isZero();
            requireEqual(evidence(project), expected, context);
            deleted(project);
            kill++;
        }
        System.out.printf("%d kills of leat run on the demo, seed %d, records died in %s%n", kill, seed, deaths);
    }

    /** Names one line that is not the same, for there are many. */
    private static void requireEqual(
            Map<String, List<String>> actual, Map<String, List<String>> expected, String context) {
        assertThat(actual.keySet()).as(context).isEqualTo(expected.keySet());
        expected.forEach((what, lines) -> {
            List<String> others = actual.get(what);
            assertThat(others).as(context + ": " + what).hasSameSizeAs(lines);
            for (int i = 0; i < lines.size(); i++) {
                assertThat(others.get(i)).as(context + ": " + what).isEqualTo(lines.get(i));
            }
        });
    }

    private static boolean enough(Map<During, Integer> deaths) {
        return Stream.of(During.values()).allMatch(phase -> deaths.getOrDefault(phase, 0) >= 3);
    }

    private Path written(String name) throws IOException {
        Path project = folder.resolve(name);
        DemoProject.write(project, DemoProject.SEED);
        return project;
    }

    private static Process started(Path project) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        "--quiet")
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(project.resolve("output.txt").toFile())
                .start();
    }

    private static long measured(Path project) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        assertThat(started(project).waitFor()).isZero();
        return System.nanoTime() - begin;
    }

    /** A project whose run was killed after this time. One that was faster than its killer does not count: the next is killed earlier. */
    private Path killed(String name, long nanos, String context) throws IOException, InterruptedException {
        long wait = nanos;
        for (int attempt = 0; attempt < 5; attempt++) {
            Path project = written(name + "-" + attempt);
            Process process = started(project);
            boolean ended = process.waitFor(wait, TimeUnit.NANOSECONDS);
            process.destroyForcibly();
            if (process.waitFor() == KILLED && !ended) {
                return project;
            }
            deleted(project);
            wait = wait * 3 / 4;
        }
        throw new AssertionError(context + ": every run ended before it was killed");
    }

    private static List<During> during(Path project) throws SQLException {
        Path state = project.resolve(".leat/state.db");
        List<During> found = new ArrayList<>();
        if (Files.exists(state)) {
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + state);
                    var statement = connection.createStatement();
                    var tables = statement.executeQuery(
                            "SELECT count(*) FROM sqlite_master WHERE name = 'pipeline_records'")) {
                if (!tables.next() || tables.getInt(1) == 0) {
                    return found;
                }
                try (var phases = statement.executeQuery(
                        "SELECT DISTINCT phase_completed FROM pipeline_records WHERE pipeline_status = 'IN_PROGRESS'")) {
                    while (phases.next()) {
                        String completed = phases.getString(1);
                        found.add(
                                completed == null
                                        ? During.STAGE
                                        : completed.equals("SOURCE_TO_STAGE") ? During.PUBLISH : During.AUDIT);
                    }
                }
            }
        }
        return found;
    }

    /** For each table how many rows there are, and the sum of their hashes; and all records: as lines. */
    private Map<String, List<String>> evidence(Path project) {
        Map<String, List<String>> evidence = new TreeMap<>();
        List<String> sums = new ArrayList<>();
        for (JsonNode table : json(project, "catalog")) {
            String name = table.get("table").asString();
            String rows = "(SELECT " + (name.equals(REJECTS) ? "* EXCLUDE (load_id)" : "*") + " FROM " + name
                    + ") AS each_row";
            sums.add("SELECT '" + name + "' AS name, count(*) AS rows, sum(hash(each_row)) AS hashes FROM " + rows);
        }
        evidence.put("tables", lines(project, "query", String.join(" UNION ALL ", sums) + " ORDER BY name"));
        List<String> records = new ArrayList<>();
        for (JsonNode node : json(project, "ls")) {
            for (JsonNode record : json(project, "windows", node.get("name").asString())) {
                var same = (ObjectNode) record;
                same.remove(OF_ONE_WAY);
                records.add(same.toString());
            }
        }
        evidence.put("records", records);
        return evidence;
    }

    private List<JsonNode> json(Path project, String... command) {
        return lines(project, command).stream().map(JSON::readTree).toList();
    }

    private List<String> lines(Path project, String... command) {
        var all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--project", project.toString(), "-q", "-o", "ndjson"));
        var run = CommandRun.in(folder, all.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.messages()).isZero();
        return run.data().lines().toList();
    }

    private static void deleted(Path project) throws IOException {
        try (Stream<Path> all = Files.walk(project)) {
            all.sorted((one, other) -> other.compareTo(one)).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
