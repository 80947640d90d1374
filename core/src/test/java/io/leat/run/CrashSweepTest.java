package io.leat.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.name.FaultPoint;
import io.leat.name.PipelineException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that dies, in a process of its own, at the n-th passage of a durable effect; the next run must end where an
 * undisturbed one ends. A build takes a seeded sample of the passages; {@code -Dleat.sweep=all} takes all of them,
 * {@code -Dleat.sweep=<n>} one.
 */
class CrashSweepTest {

    private static final int SAMPLE = 8;
    private static final int FAR_MORE_THAN_THERE_ARE = 10_000;

    @TempDir
    Path folder;

    @AfterEach
    void disarmed() {
        disarm();
    }

    private static void disarm() {
        System.clearProperty(FaultPoint.PROPERTY);
        FaultPoint.reset();
    }

    @Test
    void whereverTheFirstRunDiesTheNextOneEndsAsIfNothingHadHappened() throws Exception {
        sweep("first", project -> {});
    }

    @Test
    void whereverAReloadDiesTheNextRunEndsAsIfNothingHadHappened() throws Exception {
        sweep("reload", project -> {
            project.run();
            SmallProject.change(project);
        });
    }

    /** What has happened to a project before the run that dies. */
    private interface Past {
        void happen(TestProject project);
    }

    private void sweep(String name, Past past) throws Exception {
        long seed = seed();
        var processes = RunProcess.in(folder);
        var project = SmallProject.in(folder.resolve("project"));
        past.happen(project);
        var start = SavedFolder.of(project.root(), folder.resolve("start"));
        int passages = passages(project);
        Evidence expected = Evidence.of(project);
        start.restore();
        assertThat(processes.run(project.root())).isZero();
        assertThat(Evidence.of(project)).isEqualTo(expected);

        for (int n : chosen(passages, seed)) {
            String context = "%s, dying at passage %d of %d, seed %d".formatted(name, n, passages, seed);
            start.restore();
            int code = processes.run(project.root(), "-D" + FaultPoint.PROPERTY + "=*:" + n + ":crash");
            assertThat(code).as(context).isEqualTo(n <= passages ? RunProcess.KILLED : 0);
            assertThat(recovered(project, context)).as(context).isEqualTo(expected);
        }
    }

    @Test
    void whateverEffectFailsOnceTheNextRunEndsAsIfNothingHadHappened() {
        var project = SmallProject.in(folder.resolve("project"));
        project.run();
        SmallProject.change(project);
        var start = SavedFolder.of(project.root(), folder.resolve("start"));
        project.run();
        Evidence expected = Evidence.of(project);
        Set<FaultPoint> struck = EnumSet.noneOf(FaultPoint.class);
        long seed = seed();
        for (FaultPoint point : points(seed)) {
            start.restore();
            if (!failsAt(point, project)) {
                continue;
            }
            struck.add(point);
            project.letLeasesRunOut();
            String context = "after a failure at %s, seed %d".formatted(point.text(), seed);
            assertThat(recovered(project, context).withoutRecords()).as(context).isEqualTo(expected.withoutRecords());
        }
        assertThat(struck).as("effects that failed, seed %d", seed).isNotEmpty();
    }

    private static List<FaultPoint> points(long seed) {
        List<FaultPoint> points = new ArrayList<>(List.of(FaultPoint.values()));
        if (System.getProperty("leat.sweep", "").equals("all")) {
            return points;
        }
        Collections.shuffle(points, new Random(seed));
        return points.subList(0, points.size() / 3);
    }

    /** Runs once more; afterwards nothing may be left to do. */
    private static Evidence recovered(TestProject project, String context) {
        return project.ask(leat -> {
            assertThat(leat.run(RunRequest.EVERYTHING, RunListener.SILENT).exitCode())
                    .as(context)
                    .isZero();
            Soundness.require(leat, context);
            assertThat(leat.run(RunRequest.EVERYTHING, RunListener.SILENT).nodes())
                    .as(context)
                    .allSatisfy(node -> assertThat(node.idle()).isNotEmpty());
            return Evidence.of(leat);
        });
    }

    /** Whether the run came to the point at all. */
    private static boolean failsAt(FaultPoint point, TestProject project) {
        System.setProperty(FaultPoint.PROPERTY, point.text() + ":1:error");
        try {
            project.run();
            return FaultPoint.passages() > 0;
        } catch (PipelineException injected) {
            return true;
        } finally {
            disarm();
        }
    }

    private static int passages(TestProject project) {
        System.setProperty(FaultPoint.PROPERTY, "*:" + FAR_MORE_THAN_THERE_ARE + ":error");
        try {
            assertThat(project.run().exitCode()).isZero();
            return FaultPoint.passages();
        } finally {
            disarm();
        }
    }

    private static List<Integer> chosen(int passages, long seed) {
        String wanted = System.getProperty("leat.sweep", "");
        if (wanted.equals("all")) {
            return IntStream.rangeClosed(1, passages + 1).boxed().toList();
        }
        if (!wanted.isEmpty()) {
            return List.of(Integer.parseInt(wanted));
        }
        var random = new Random(seed);
        List<Integer> sample = new ArrayList<>();
        for (int stratum = 0; stratum < SAMPLE; stratum++) {
            int from = 1 + stratum * passages / SAMPLE;
            int to = 1 + (stratum + 1) * passages / SAMPLE;
            sample.add(random.nextInt(from, Math.max(to, from + 1)));
        }
        return sample;
    }

    private static long seed() {
        return Long.getLong("leat.seed", new Random().nextLong());
    }
}
