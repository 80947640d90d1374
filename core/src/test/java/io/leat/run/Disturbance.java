package io.leat.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.Leat;
import io.leat.name.FaultPoint;
import io.leat.run.CellWay.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What happens to a process that runs a project, and what must hold afterwards. */
sealed interface Disturbance {

    Part part();

    /** Lets it happen, from where the part begins. */
    void happen(CellWay way, RunProcess processes, String context) throws Exception;

    /** What it does, for people who look for what failed. */
    String text(CellWay way);

    private static String armed(String point, int n, String kind) {
        return "-D%s=%s:%d:%s".formatted(FaultPoint.PROPERTY, point, n, kind);
    }

    /**
     * The JVM halts at a passage of a fault point; none of its code runs afterwards.
     *
     * @param passage counted from 1; one behind the last lets the run pass untouched
     * @param second the passage at which the run that recovers halts too; 0: it does not
     */
    record Halt(Part part, int passage, int second) implements Disturbance {
        @Override
        public void happen(CellWay way, RunProcess processes, String context) throws Exception {
            boolean dies = passage <= way.passages(part).size();
            assertThat(processes.run(way.root(), armed("*", passage, "crash")))
                    .as(context)
                    .isEqualTo(dies ? RunProcess.KILLED : 0);
            if (second > 0) {
                assertThat(processes.run(way.root(), armed("*", second, "crash")))
                        .as(context)
                        .isIn(RunProcess.KILLED, 0);
            }
            way.requireRecovery(part, context);
        }

        @Override
        public String text(CellWay way) {
            var passages = way.passages(part);
            return "%s:%s:%d (%s of %d)%s"
                    .formatted(
                            way.cell(),
                            part.name().toLowerCase(Locale.ROOT),
                            passage,
                            passage <= passages.size()
                                    ? passages.get(passage - 1).text()
                                    : "behind the last",
                            passages.size(),
                            second == 0 ? "" : ", then at " + second);
        }
    }

    /**
     * {@code kill -9} from outside.
     *
     * @param share when, as a share of how long a run takes; one that is over by then was not disturbed
     */
    record Kill(Part part, double share, long nanos) implements Disturbance {
        @Override
        public void happen(CellWay way, RunProcess processes, String context) throws Exception {
            Process process = processes.start(way.root());
            boolean ended = process.waitFor((long) (share * nanos), TimeUnit.NANOSECONDS);
            process.destroyForcibly();
            assertThat(process.waitFor()).as(context).isIn(RunProcess.KILLED, ended ? 0 : RunProcess.KILLED, 0);
            way.requireRecovery(part, context);
        }

        @Override
        public String text(CellWay way) {
            return "%s:%s, killed at %.3f of a run".formatted(way.cell(), part, share);
        }
    }

    /**
     * The process stands still at a passage of a fault point until its lease is over and another one has done its work; then it goes
     * on. The other one's clock is ahead, so that nobody waits for the lease: the process that stood still finds its own clock
     * hardly later, and believes that it holds what it held.
     *
     * @param n the how manyth passage of this point
     */
    record Stop(Part part, FaultPoint point, int n) implements Disturbance {
        private static final Duration PAST_THE_LEASE = Duration.ofHours(1);
        private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

        @Override
        public void happen(CellWay way, RunProcess processes, String context) throws Exception {
            Process process = processes.start(way.root(), armed(point.text(), n, "stop"));
            try {
                awaitStop(process, context);
                System.setProperty(Leat.CLOCK_OFFSET, PAST_THE_LEASE.toString());
                way.requireRecovery(part, context + ", while it stands still");
                signal(process, "CONT");
                assertThat(process.waitFor()).as("%s: its exit code", context).isNotEqualTo(RunProcess.KILLED);
                way.requireEnd(part, context + ", after it went on");
            } finally {
                System.clearProperty(Leat.CLOCK_OFFSET);
                process.destroyForcibly();
                process.waitFor();
            }
        }

        private static void awaitStop(Process process, String context) {
            while (!stands(process)) {
                assertThat(process.isAlive())
                        .as("%s: it comes to its point", context)
                        .isTrue();
                LockSupport.parkNanos(PAUSE);
            }
        }

        private static boolean stands(Process process) {
            try {
                String stat = Files.readString(
                        Path.of("/proc", Long.toString(process.pid()), "stat"), StandardCharsets.ISO_8859_1);
                return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void signal(Process process, String signal) throws IOException, InterruptedException {
            assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
        }

        @Override
        public String text(CellWay way) {
            return "%s:%s, stopped at passage %d of %s".formatted(way.cell(), part, n, point.text());
        }
    }
}
