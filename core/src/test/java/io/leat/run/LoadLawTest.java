package io.leat.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.Leat;
import io.leat.project.Selection;
import io.leat.state.Load;
import io.leat.time.Seeded;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However windows are loaded, together or one by one, in which order and how often: the same rows, rejects and ledger. */
class LoadLawTest {

    /** Of each law in a build. */
    private static final int SAMPLES = 2;

    private static final LocalDateTime START = LocalDateTime.parse("2024-03-30T00:00");
    private static final int WINDOWS = 8;
    private static final List<String> STEPS = List.of(
            "trim: [k]",
            "filter: \"n <> 3\"",
            "deduplicate: { key: [k], keep: { order: \"n DESC\" } }",
            "derive: { inverse: \"100 // (n - 7)\" }",
            "unpivot: { columns: [u, v], name: which, value: cell }");

    @TempDir
    Path folder;

    @Test
    void windowsInOneCommitAreAsOneByOne() {
        Seeded.check(SAMPLES, random -> {
            var messy = new Messy(random);
            TestProject together = messy.in(folder, "concurrency: {}");
            TestProject single = messy.in(folder, "concurrency: { together: 1 }");

            assertThat(together.run().exitCode()).isZero();
            assertThat(single.run().exitCode()).isZero();

            assertThat(Evidence.of(single)).isEqualTo(sound(together));
            assertThat(commits(together)).isEqualTo(1);
            assertThat(commits(single)).isGreaterThan(1);
        });
    }

    /** Of windows. */
    private static long commits(TestProject project) {
        return project.loads("messy").stream()
                .filter(load -> load.window().isPresent())
                .map(Load::committedAt)
                .distinct()
                .count();
    }

    @Test
    void anyOrderOfLoadsGivesTheSameTable() {
        Seeded.check(SAMPLES, random -> {
            var messy = new Messy(random);
            TestProject inOrder = messy.in(folder, "");
            TestProject mixed = messy.in(folder, "");

            assertThat(inOrder.run().exitCode()).isZero();
            mixed.ask(leat -> {
                shuffled(random)
                        .forEach(scope ->
                                leat.run(new RunRequest(Selection.ALL, scope, Optional.empty()), RunListener.SILENT));
                return leat.run(RunRequest.EVERYTHING, RunListener.SILENT);
            });

            assertThat(sound(mixed)).isEqualTo(sound(inOrder));
        });
    }

    @Test
    void restatedTwiceIsAsOnceAndAsNever() {
        Seeded.check(SAMPLES, random -> {
            TestProject project = new Messy(random).in(folder, "");
            assertThat(project.run().exitCode()).isZero();
            Evidence never = sound(project).withoutRecords();

            Scope scope = shuffled(random).getFirst();
            project.ask(leat -> restate(leat, scope));
            Evidence once = sound(project).withoutRecords();
            project.ask(leat -> restate(leat, scope));

            assertThat(once).isEqualTo(never);
            assertThat(sound(project).withoutRecords()).isEqualTo(once);
        });
    }

    private static int restate(Leat leat, Scope scope) {
        var backfills = leat.backfills();
        var started = backfills.start(backfills.plan(BackfillRequest.restate(Selection.ALL, scope)));
        RunReport report = leat.run(backfills.request(started), RunListener.SILENT);
        assertThat(report.exitCode()).isZero();
        assertThat(report.nodes())
                .first()
                .satisfies(node -> assertThat(node.loaded()).isPositive());
        assertThat(backfills.endIfDone(started)).isTrue();
        return report.exitCode();
    }

    /** What the project holds, one live generation of each slice among it. */
    private static Evidence sound(TestProject project) {
        return project.ask(leat -> {
            Soundness.require(leat, project.root().toString());
            var evidence = Evidence.of(leat);
            assertThat(evidence.tables().get("bronze.messy")).isNotEmpty();
            assertThat(evidence.rejects()).isNotEmpty();
            return evidence;
        });
    }

    /** All windows, as one or several together, in any order. */
    private static List<Scope> shuffled(RandomGenerator random) {
        List<Scope> scopes = new ArrayList<>();
        for (int from = 0; from < WINDOWS; ) {
            int to = Math.min(WINDOWS, from + 1 + random.nextInt(3));
            scopes.add(
                    random.nextInt(scopes.size() + 1),
                    new Scope(start(from).toString(), start(to).toString()));
            from = to;
        }
        return scopes;
    }

    private static LocalDateTime start(int window) {
        return START.plusHours(12L * window);
    }

    /** Files whose rows lie in all windows and beside them, some of them faulty, and a pipeline for them. */
    private static final class Messy {
        private final List<String> files = new ArrayList<>();
        private final String steps;
        private final String name;
        private int projects;

        Messy(RandomGenerator random) {
            this.name = "project-" + random.nextLong();
            for (int file = random.nextInt(3); file >= 0; file--) {
                var text = new StringBuilder("at,k,n,u,v\n");
                for (int row = random.nextInt(60); row >= 0; row--) {
                    text.append(row(random)).append('\n');
                }
                files.add(text.toString());
            }
            var some = new StringBuilder();
            STEPS.stream()
                    .filter(step -> random.nextBoolean())
                    .forEach(step -> some.append("  - ").append(step).append('\n'));
            this.steps = some.isEmpty() ? "" : "steps:\n" + some;
        }

        private static String row(RandomGenerator random) {
            String at = random.nextInt(15) == 0
                    ? "yesterday"
                    : start(0).plusMinutes(random.nextLong(-600, WINDOWS * 720 + 600))
                            .toString();
            String n = random.nextInt(10) == 0 ? "many" : String.valueOf(random.nextInt(10));
            return "%s,%s,%s,%d,%s"
                    .formatted(
                            at,
                            List.of("a", " a", "b", "").get(random.nextInt(4)),
                            n,
                            random.nextInt(3),
                            random.nextBoolean() ? "" : "v");
        }

        TestProject in(Path folder, String more) {
            TestProject project = TestProject.in(folder.resolve(name + "-" + projects++))
                    .file("pipelines/messy.yaml", """
                            pipeline: messy
                            source: { files: "data/*.csv" }
                            window: { column: at, every: 12h, timezone: Europe/Berlin, start: %s, end: %s }
                            columns:
                              at: { type: local_timestamp, required: true }
                              k: { type: string }
                              n: { type: integer, required: true }
                              u: { type: string }
                              v: { type: string }
                            target: { table: bronze.messy }
                            %s%s
                            """.formatted(
                                    START.toLocalDate(), start(WINDOWS).toLocalDate(), steps, more));
            for (int i = 0; i < files.size(); i++) {
                project.file("data/" + i + ".csv", files.get(i));
            }
            return project;
        }
    }
}
