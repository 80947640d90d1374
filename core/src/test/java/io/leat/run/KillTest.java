package io.leat.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.Leat;
import io.leat.state.Phase;
import io.leat.state.Record;
import io.leat.state.RecordQuery;
import io.leat.state.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of a process that runs a project, at instants spread evenly over the measured run. A build kills 12 times;
 * {@code -Dleat.kills=60} kills 60 times, and goes on until each phase of a record has had three deaths.
 */
class KillTest {

    private static final int OF_A_BUILD = 12;
    private static final int MOST_TRIES_FOR_ONE = 5;
    private static final int FROM_WHICH_PHASES_COUNT = 60;

    @TempDir
    Path folder;

    @Test
    void whereverAProcessIsKilledTheNextRunEndsAsIfNothingHadHappened() throws Exception {
        long seed = Long.getLong("leat.seed", new Random().nextLong());
        int kills = Integer.getInteger("leat.kills", OF_A_BUILD);
        var random = new Random(seed);
        var processes = RunProcess.in(folder);
        var undisturbed = SmallProject.in(folder.resolve("undisturbed"));
        assertThat(processes.run(undisturbed.root())).isZero();
        Evidence expected = Evidence.of(undisturbed);
        long nanos = measured(processes);

        Map<Phase, Integer> deaths = new EnumMap<>(Phase.class);
        int kill = 0;
        while (kill < kills || kills >= FROM_WHICH_PHASES_COUNT && !enough(deaths)) {
            String context = "kill %d of %d, seed %d".formatted(kill + 1, kills, seed);
            assertThat(kill)
                    .as("kills until each phase had its deaths, seed %d", seed)
                    .isLessThan(4 * kills);
            double share = kill < kills ? (kill + random.nextDouble()) / kills : 0.4 + 0.6 * random.nextDouble();
            Death death = killed(processes, "kill-" + kill, (long) (nanos * share));
            death.phases().forEach(phase -> deaths.merge(phase, 1, Integer::sum));
            Evidence evidence = death.project().ask(leat -> {
                assertThat(leat.run(RunRequest.EVERYTHING, RunListener.SILENT).exitCode())
                        .as(context)
                        .isZero();
                Soundness.require(leat, context);
                return Evidence.of(leat);
            });
            assertThat(evidence).as(context).isEqualTo(expected);
            kill++;
        }
    }

    /** Three deaths in each phase. */
    private static boolean enough(Map<Phase, Integer> deaths) {
        return Stream.of(Phase.values()).allMatch(phase -> deaths.getOrDefault(phase, 0) >= 3);
    }

    /** How long the processes that are to be killed would live: the shorter of two undisturbed ones. */
    private long measured(RunProcess processes) throws InterruptedException {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            var project = SmallProject.in(folder.resolve("measured-" + i));
            long begin = System.nanoTime();
            assertThat(processes.run(project.root())).isZero();
            times.add(System.nanoTime() - begin);
        }
        return Collections.min(times);
    }

    /** A project whose run was killed, and the phases in which records were then. */
    private record Death(TestProject project, List<Phase> phases) {}

    /** Kills a run after this time. One that was faster than its killer does not count: another is killed earlier. */
    private Death killed(RunProcess processes, String name, long nanos) throws Exception {
        long wait = nanos;
        for (int attempt = 0; attempt < MOST_TRIES_FOR_ONE; attempt++) {
            var project = SmallProject.in(folder.resolve(name + "-" + attempt));
            Process process = processes.start(project.root());
            boolean ended = process.waitFor(wait, TimeUnit.NANOSECONDS);
            process.destroyForcibly();
            if (process.waitFor() == RunProcess.KILLED && !ended) {
                return new Death(project, project.ask(KillTest::phases));
            }
            wait = wait * 3 / 4;
        }
        throw new AssertionError("every run ended before it was killed");
    }

    private static List<Phase> phases(Leat leat) {
        var held = RecordQuery.of(leat.project().environment()).statuses(Status.IN_PROGRESS);
        return leat.state().records(held).stream()
                .map(Record::nextPhase)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    @Test
    void processesThatRunAtTheSameTimeDoubleNothingAndMissNothing() throws Exception {
        var processes = RunProcess.in(folder);
        var undisturbed = SmallProject.in(folder.resolve("undisturbed"));
        assertThat(processes.run(undisturbed.root())).isZero();
        var project = SmallProject.in(folder.resolve("shared"));

        List<Process> both = IntStream.range(0, 2)
                .mapToObj(i -> processes.start(project.root()))
                .toList();
        for (Process process : both) {
            assertThat(process.waitFor()).isZero();
        }

        assertThat(project.run().exitCode()).isZero();
        Evidence evidence = project.ask(leat -> {
            Soundness.require(leat, "two at the same time");
            return Evidence.of(leat);
        });
        assertThat(evidence.withoutRecords()).isEqualTo(Evidence.of(undisturbed).withoutRecords());
    }
}
