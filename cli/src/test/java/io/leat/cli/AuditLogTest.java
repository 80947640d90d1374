package io.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every command that changes state writes that down; every other one leaves the state store as it was. */
@Timeout(180)
class AuditLogTest {
    /** Stands for the id of the newest backfill. */
    private static final String BACKFILL = "BACKFILL";

    @TempDir
    Path folder;

    private SampleProject project;

    @BeforeEach
    void load() {
        project = SampleProject.in(folder.resolve("project"));
        project.data("run", "-q");
    }

    /**
     * A command that changes state.
     *
     * @param before what makes the loaded sample project one in which there is something to do
     * @param arguments of the command, after its name
     */
    record Changing(String name, String action, Preparation before, List<String> arguments) {
        Changing(String name, String action, Preparation before, String... arguments) {
            this(name, action, before, List.of(arguments));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @FunctionalInterface
    interface Preparation {
        Preparation NONE = _ -> {};

        void in(AuditLogTest test) throws Exception;
    }

    static Stream<Changing> changing() {
        return Stream.of(
                new Changing("run", "run", Preparation.NONE),
                new Changing("backfill", "backfill", Preparation.NONE, "sales", "--reprocess", "completed", "--detach"),
                new Changing("restate", "restate", Preparation.NONE, "sales", "--only-selected"),
                new Changing("regrid", "regrid", AuditLogTest::halveTheWindows, "trips", "--start", "2024-01-01"),
                new Changing("retry", "retry", AuditLogTest::cancelOne, "sales@all", "--detach"),
                new Changing("cancel", "cancel", AuditLogTest::leaveOneWaiting, "sales@all"),
                new Changing("release", "release", AuditLogTest::holdOne, "sales@all"),
                new Changing("restore-slice", "restore-slice", Preparation.NONE, "sales@all"),
                new Changing("adopt", "adopt", AuditLogTest::forgetWhoseRowsThereAre, "sales"),
                new Changing("backfills pause", "backfill paused", AuditLogTest::leaveToWorkers, BACKFILL),
                new Changing("backfills resume", "backfill running", AuditLogTest::pauseOne, BACKFILL, "--detach"),
                new Changing("backfills cancel", "backfill cancelled", AuditLogTest::leaveToWorkers, BACKFILL),
                new Changing("lake maintain", "lake maintain", Preparation.NONE),
                new Changing("lake recover", "lake recover", Preparation.NONE),
                new Changing("lake relocate", "lake relocate", Preparation.NONE),
                new Changing("state migrate", "state migrate", AuditLogTest::takeTheLastMigrationBack),
                new Changing("state export", "state export", Preparation.NONE, "state.jsonl", "--yes"),
                new Changing("state import", "state import", AuditLogTest::moveOut, "state.jsonl"),
                new Changing("state purge", "state purge", AuditLogTest::age, "--older-than", "90d"));
    }

    /** Commands that change no state, and forms of others that do not. */
    static Stream<String> reading() {
        return Stream.of(
                "add data/more.csv",
                "backfills",
                "catalog",
                "completion bash",
                "doctor",
                "explain E003",
                "init other",
                "logs",
                "ls",
                "models",
                "next",
                "plugins",
                "query SELECT(1)",
                "rejects",
                "report",
                "schema pipeline",
                "state info",
                "status",
                "validate",
                "version",
                "why sales@all",
                "windows trips",
                "backfill sales --reprocess completed --dry-run",
                "restate sales --dry-run",
                "state export state.jsonl --dry-run",
                "state purge --older-than 90d --dry-run");
    }

    /** Those that have a test of their own below. */
    private static final Set<String> SPECIAL = Set.of("demo", "worker");

    @Test
    void everyCommandIsKnownToReadOrToChangeState() {
        var known = new TreeSet<>(SPECIAL);
        changing().map(Changing::name).forEach(known::add);
        var commands = new TreeSet<String>();
        addCommands(commands, "", Program.commandLine(session()));
        reading()
                .map(command -> commands.stream()
                        .filter(name -> (command + " ").startsWith(name + " "))
                        .max(Comparator.comparingInt(String::length))
                        .orElseThrow())
                .forEach(known::add);

        assertThat(commands).isEqualTo(known);
    }

    private Session session() {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Session(new GlobalOptions(), nowhere, nowhere, Map.of(), folder, List.of());
    }

    private static void addCommands(Set<String> names, String above, CommandLine commands) {
        commands.getSubcommands().forEach((name, command) -> {
            if (command.getCommand() instanceof Callable) {
                names.add(above + name);
            }
            addCommands(names, above + name + " ", command);
        });
    }

    @ParameterizedTest
    @MethodSource("changing")
    void isWrittenDown(Changing command) throws Exception {
        command.before().in(this);
        long last = lastEntry();

        String[] words = Stream.concat(
                        Stream.of(command.name().split(" ")),
                        command.arguments().stream().map(word -> word.equals(BACKFILL) ? backfill() : word))
                .toArray(String[]::new);
        project.data(words);

        assertThat(actionsAfter(last)).contains(command.action());
    }

    @Test
    void whatOnlyReadsLeavesTheStoreAsItWas() throws SQLException {
        project.file("data/more.csv", "id\n1\n");
        try (var observer = stateDatabase()) {
            for (String command : reading().toList()) {
                long before = version(observer);

                project.data(command.split(" "));

                assertThat(version(observer)).as(command).isEqualTo(before);
            }
        }
    }

    /** A number that changes with every transaction of others. */
    private static long version(Connection observer) throws SQLException {
        return number(observer, "PRAGMA data_version");
    }

    @Test
    void theDemoIsWrittenDownInItsOwnProject() throws SQLException {
        assertThat(CommandRun.in(folder, "demo", "demo").exitCode()).isZero();

        try (var state = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("demo/.leat/state.db"))) {
            assertThat(texts(state, "SELECT action FROM audit_log")).contains("run");
        }
    }

    @Test
    void aWorkerIsWrittenDownWhenItBegins() throws Exception {
        Path messages = folder.resolve("messages");
        Process worker = ProgramProcess.start(project, Path.of("/dev/null"), messages, "worker", "--poll", "1s");
        try {
            ProgramProcess.awaitLine(messages, "working: ", worker);
            worker.destroy();
            assertThat(worker.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            worker.destroyForcibly();
        }

        assertThat(actionsAfter(0)).contains("worker");
    }

    private Connection stateDatabase() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + project.root().resolve(".leat/state.db"));
    }

    private void change(String... statements) throws SQLException {
        try (var state = stateDatabase();
                var statement = state.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static long number(Connection state, String sql) throws SQLException {
        try (var statement = state.createStatement();
                var result = statement.executeQuery(sql)) {
            return result.getLong(1);
        }
    }

    private static List<String> texts(Connection state, String sql) throws SQLException {
        try (var statement = state.createStatement();
                var result = statement.executeQuery(sql)) {
            var texts = new ArrayList<String>();
            while (result.next()) {
                texts.add(result.getString(1));
            }
            return texts;
        }
    }

    /** The number of the last entry; 0 if there is none, or no store. */
    private long lastEntry() throws SQLException {
        try (var state = stateDatabase()) {
            return texts(state, "SELECT name FROM sqlite_master WHERE name = 'audit_log'")
                            .isEmpty()
                    ? 0
                    : number(state, "SELECT coalesce(max(id), 0) FROM audit_log");
        }
    }

    private List<String> actionsAfter(long entry) throws SQLException {
        try (var state = stateDatabase()) {
            return texts(state, "SELECT action FROM audit_log WHERE id > " + entry);
        }
    }

    private String backfill() {
        return project.json("backfills").getFirst().path("backfill_id").asString();
    }

    private void halveTheWindows() throws IOException {
        Path file = project.root().resolve("pipelines/trips.yaml");
        project.file("pipelines/trips.yaml", Files.readString(file).replace("every: 1d", "every: 12h"));
    }

    private void leaveOneWaiting() throws SQLException {
        change("UPDATE pipeline_records SET pipeline_status = 'PENDING' WHERE pipeline = 'sales'");
    }

    private void cancelOne() throws SQLException {
        leaveOneWaiting();
        project.data("cancel", "sales@all");
    }

    private void holdOne() throws SQLException {
        change("UPDATE pipeline_records SET pipeline_status = 'IN_PROGRESS', lease_until = 4102444800000"
                + " WHERE pipeline = 'sales'");
    }

    /** As if another program had made the table. */
    private void forgetWhoseRowsThereAre() throws IOException {
        try (var files = Files.walk(project.root().resolve(".leat"))) {
            for (Path file : files.filter(file -> file.toString().contains("/bronze/sales/metadata/"))
                    .filter(file -> file.toString().endsWith(".metadata.json"))
                    .toList()) {
                Files.writeString(
                        file,
                        Files.readString(file)
                                .replace("\"_leat_", "\"their_")
                                .replaceAll("\"fields\":\\[\\{\"name\":\"[^\\]]*\\]", "\"fields\":[]"));
            }
        }
    }

    private void leaveToWorkers() {
        project.data("backfill", "sales", "--reprocess", "completed", "--detach");
    }

    private void pauseOne() {
        leaveToWorkers();
        project.data("backfills", "pause", backfill());
    }

    private void takeTheLastMigrationBack() throws SQLException {
        change(
                "ALTER TABLE store DROP COLUMN moved_at",
                "ALTER TABLE store DROP COLUMN moved_to",
                "DELETE FROM leat_migrations WHERE CAST(version AS INTEGER) = 3");
    }

    private void moveOut() throws IOException {
        project.data("state", "export", "state.jsonl", "--yes");
        for (String file : List.of("state.db", "state.db-wal", "state.db-shm")) {
            Files.deleteIfExists(project.root().resolve(".leat").resolve(file));
        }
    }

    private void age() throws SQLException {
        project.data("run", "-q");
        change("UPDATE audit_log SET at = 0 WHERE id = 1");
    }
}
