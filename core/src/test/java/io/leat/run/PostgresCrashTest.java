package io.leat.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.Leat;
import io.leat.lake.Upkeep;
import io.leat.name.FaultPoint;
import io.leat.name.PipelineException;
import io.leat.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Processes that die at durable effects of a target outside the lake: the next run ends where an undisturbed one ends. */
class PostgresCrashTest {

    private static final List<String> POINTS = List.of(
            "target.raise_before_commit:1",
            "target.raise_after_commit:1",
            "target.table_before_commit:1",
            "target.table_after_commit:1",
            "target.publish_before_commit:1",
            "target.publish_after_commit:1",
            "target.publish_before_commit:2",
            "target.publish_after_commit:2",
            "publish.before_commit:2",
            "publish.after_commit:2",
            "completed.before_commit:1",
            "completed.after_commit:1",
            "stage.file_deleted:1");

    @TempDir
    static Path shared;

    private static RunProcess processes;
    private static List<String> expected = List.of();

    @TempDir
    Path folder;

    private final TestDatabase database = TestDatabase.create();

    @BeforeAll
    static void undisturbed() {
        processes = RunProcess.in(shared);
        var database = TestDatabase.create();
        var project = project(shared.resolve("undisturbed"), database);
        project.run();
        change(project);
        project.run();
        expected = evidence(project, database);
        assertThat(expected).hasSizeGreaterThan(10);
    }

    @AfterAll
    static void forget() {
        expected = List.of();
    }

    @AfterEach
    void disarm() {
        System.clearProperty(FaultPoint.PROPERTY);
        FaultPoint.reset();
    }

    private static TestProject project(Path root, TestDatabase database) {
        return TestProject.in(root)
                .file("leat.yaml", """
                        project: test
                        defaults: { memory: 256MB, threads: 2 }
                        connections: { shop: %s }
                        """.formatted(database.entry()))
                .file("pipelines/orders.yaml", """
                        pipeline: orders
                        source: { files: data/orders.csv }
                        columns: { id: { type: integer, required: true }, name: { type: string } }
                        target: { connection: shop, table: shop.orders, write: append }
                        """)
                .file("pipelines/trips.yaml", """
                        pipeline: trips
                        source: { files: data/trips-*.csv }
                        window: { column: started, every: 12h, start: 2024-03-30, end: 2024-04-01 }
                        columns: { started: { type: timestamp, required: true }, metres: { type: integer, min: 0 } }
                        target: { connection: shop, table: shop.trips }
                        """)
                .file("pipelines/customers.yaml", """
                        pipeline: customers
                        source: { files: data/customers-*.csv }
                        columns: { id: { type: integer, required: true }, city: { type: string }, day: { type: date } }
                        target: { connection: shop, table: shop.customers, write: merge, key: id, order: day }
                        """)
                .file("data/customers-1.csv", "id,city,day\n1,Rome,2024-01-01\n2,Oslo,2024-01-01\n")
                .file("data/orders.csv", "id,name\n1,one\n2,two\n,none\n")
                .file("data/trips-1.csv", """
                        started,metres
                        2024-03-30T08:00:00Z,100
                        2024-03-30T09:00:00Z,-1
                        2024-03-30T13:00:00Z,200
                        2024-03-31T13:00:00Z,300
                        """);
    }

    private static void change(TestProject project) {
        project.file("data/customers-1.csv", "id,city,day\n1,Rome,2024-01-01\n")
                .file("data/customers-2.csv", "id,city,day\n1,Bern,2024-02-01\n3,Lima,2024-02-01\n")
                .file("data/orders.csv", "id,name\n3,three\n")
                .file("data/trips-2.csv", "started,metres\n2024-03-30T10:00:00Z,150\n2024-03-31T01:00:00Z,50\n");
    }

    /** What readers see, and what target and state store say of it. */
    private static List<String> evidence(TestProject project, TestDatabase database) {
        List<String> evidence = new ArrayList<>();
        evidence.addAll(database.rows("SELECT * FROM shop.orders ORDER BY id"));
        evidence.addAll(database.rows("SELECT id, city, day FROM shop.customers ORDER BY id"));
        evidence.addAll(database.rows("SELECT started, metres, _leat_window FROM shop.trips ORDER BY started"));
        evidence.addAll(database.rows("SELECT pipeline, slice, \"rows\", rejected, sums FROM leat_target.loads"
                + " WHERE replaced_by IS NULL ORDER BY pipeline, slice"));
        evidence.addAll(project.query("SELECT pipeline, slice, record, code FROM leat.rejects ORDER BY ALL"));
        for (String pipeline : List.of("customers", "orders", "trips")) {
            project.loads(pipeline).stream()
                    .map(load -> load.pipeline() + " " + load.slice().text() + " " + load.rows() + " " + load.sums())
                    .sorted()
                    .forEach(evidence::add);
        }
        return evidence;
    }

    static Stream<String> points() {
        return POINTS.stream();
    }

    static Stream<String> ofTheTarget() {
        return points().filter(point -> point.startsWith("target."));
    }

    @ParameterizedTest
    @MethodSource("points")
    void whereverALoadDiesTheNextRunEndsAsIfNothingHadHappened(String point) throws Exception {
        var project = project(folder, database);
        if (!point.contains(".table_")) {
            project.run();
            change(project);
        }

        int code = processes.run(folder, "-D" + FaultPoint.PROPERTY + "=" + point + ":crash");

        assertThat(code).isEqualTo(RunProcess.KILLED);
        recover(project);
    }

    @ParameterizedTest
    @MethodSource("ofTheTarget")
    void whateverFailsOnceIsMadeGoodByTheNextRun(String point) {
        var project = project(folder, database);
        if (!point.contains(".table_")) {
            project.run();
            change(project);
        }

        System.setProperty(FaultPoint.PROPERTY, point + ":transient");
        try {
            project.run();
        } catch (PipelineException injected) {
            assertThat(injected.message()).contains("fault injected");
        }
        assertThat(FaultPoint.passages()).isPositive();
        disarm();
        project.later(Duration.ofHours(1));
        try {
            recover(project);
        } finally {
            System.clearProperty(Leat.CLOCK_OFFSET);
        }
    }

    private void recover(TestProject project) {
        project.run();
        change(project);
        assertThat(project.run().exitCode()).isZero();
        assertThat(evidence(project, database)).isEqualTo(expected);
        assertThat(project.run().nodes())
                .allSatisfy(node -> assertThat(node.idle()).isNotEmpty());
    }

    @Test
    void rowsThatWereStagedForALoadThatNeverCameGoWithTheSweep() throws Exception {
        var project = project(folder, database);
        assertThat(processes.run(folder, "-D" + FaultPoint.PROPERTY + "=target.publish_before_commit:1:crash"))
                .isEqualTo(RunProcess.KILLED);
        project.run();
        change(project);
        project.run();

        project.ask(leat -> leat.chores().maintain(new Upkeep(Duration.ZERO, 1, Duration.ZERO, 0, 2)));

        try (Stream<Path> files = Files.walk(folder.resolve(".leat/test/staging"))) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }
}
