package io.leat.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.Leat;
import io.leat.name.FaultPoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Both stores, both targets, all write modes: a run that dies at the n-th passage of a durable effect, and the next one, which must
 * end where an undisturbed one ends. Every death is one of a real process: a JVM of its own that ends by {@code Runtime.halt} where it
 * stands, without any of its code running afterwards; the run that recovers takes place in the JVM of the test. A window that was
 * dead in the middle shows what it had before or what it has afterwards, and nothing else.
 *
 * <p>A build takes a few deaths of each cell, by a seed. {@code -Dleat.cells=all} takes every passage of every part of every cell,
 * {@code points} every fault point once in each part; {@code sqlite-lake-merge} one cell, {@code sqlite-lake-merge:again} one part of
 * it, {@code sqlite-lake-merge:again:17} one death, and {@code sqlite-lake-merge:again:17+} goes on from there.
 */
class CellSweepTest {

    private static final int FAR_MORE_THAN_THERE_ARE = 10_000;
    private static final int OF_A_BUILD = 2;
    private static final int RUNS_UNTIL_AT_REST = 3;
    private static final List<String> RECOVERING = List.of("postgres-lake-history", "sqlite-postgres-merge");

    /** What dies. */
    private enum Part {
        /** The first run. */
        FIRST,
        /** A run that loads a late file and a correction. */
        AGAIN,
        /** The first run; before the next one late file and correction come. */
        MEANWHILE,
        /** A run that loads late file and correction, and then the run that recovers from that. */
        RECOVERY;

        boolean isOf(Cell cell) {
            return switch (this) {
                case FIRST, AGAIN -> true;
                // what was appended before the source changed stays: how much that is depends on the death
                case MEANWHILE -> cell.write().replaces();
                case RECOVERY -> RECOVERING.contains(cell.toString());
            };
        }
    }

    private static final String[] WANTED = System.getProperty("leat.cells", "").split(":");
    private static final boolean ALL_CELLS = List.of("", "all", "points").contains(WANTED[0]);

    @TempDir
    static Path shared;

    private static RunProcess processes;

    @TempDir
    Path folder;

    private final long seed = Long.getLong("leat.seed", new Random().nextLong());

    /** One that ends in order: those that are to die start faster after it. */
    @BeforeAll
    static void warmed() throws InterruptedException {
        processes = RunProcess.in(shared);
        var project = CellProject.in(shared.resolve("project"), Cell.all().getLast());
        assertThat(processes.run(project.project().root())).isZero();
        project.forget();
    }

    @AfterEach
    void disarmed() {
        disarm();
    }

    private static void disarm() {
        System.clearProperty(FaultPoint.PROPERTY);
        FaultPoint.reset();
    }

    static Stream<Cell> cells() {
        return Cell.all().stream().filter(cell -> ALL_CELLS || cell.toString().equals(WANTED[0]));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void whereverARunDiesTheNextOneEndsAsIfNothingHadHappened(Cell cell) throws Exception {
        var sweep = new Sweep(cell);
        try {
            for (Death death : sweep.deaths()) {
                sweep.take(death);
            }
            sweep.finish();
        } finally {
            sweep.project.forget();
        }
    }

    /** @param second the passage at which the run that recovers dies too; 0: it does not */
    private record Death(Part part, int passage, int second) {}

    /** The undisturbed way of one cell, and the deaths beside it. */
    private final class Sweep {
        private final Cell cell;
        private final CellProject project;
        private final CellProject.Saved empty;
        private final CellProject.Saved changed;
        private final List<FaultPoint> first;
        private final List<FaultPoint> again;
        private final Evidence afterFirst;
        private final Evidence afterAgain;
        private final List<Map<String, List<String>>> seen = new ArrayList<>();
        private final Map<String, AssertionError> failures = new TreeMap<>();
        private int taken;

        Sweep(Cell cell) {
            this.cell = cell;
            this.project = CellProject.in(folder.resolve("project"), cell);
            this.empty = project.save(folder.resolve("empty"));
            seen.add(Map.of());
            this.first = undisturbed();
            this.afterFirst = looked();
            project.change();
            this.changed = project.save(folder.resolve("changed"));
            this.again = undisturbed();
            this.afterAgain = looked();
        }

        private List<FaultPoint> undisturbed() {
            System.setProperty(FaultPoint.PROPERTY, "*:" + FAR_MORE_THAN_THERE_ARE + ":error");
            try {
                assertThat(project.project().run().exitCode()).isZero();
                return FaultPoint.passed();
            } finally {
                disarm();
            }
        }

        private Evidence looked() {
            return project.project().ask(leat -> {
                project.requireSound(leat, cell + ", undisturbed");
                seen.add(project.windows(leat));
                return project.evidence(leat);
            });
        }

        private List<FaultPoint> passages(Part part) {
            return part == Part.FIRST || part == Part.MEANWHILE ? first : again;
        }

        List<Death> deaths() {
            var random = new Random(seed + cell.toString().hashCode());
            List<Death> all = Arrays.stream(Part.values())
                    .filter(part -> part.isOf(cell))
                    .filter(part -> WANTED.length < 2 || part == Part.valueOf(WANTED[1].toUpperCase(Locale.ROOT)))
                    .flatMap(part -> deaths(part, random))
                    .toList();
            if (!WANTED[0].isEmpty()) {
                return all;
            }
            List<Death> some = new ArrayList<>(all);
            Collections.shuffle(some, random);
            return some.subList(0, OF_A_BUILD);
        }

        private Stream<Death> deaths(Part part, Random random) {
            int count = passages(part).size();
            IntStream passages = IntStream.rangeClosed(1, count + 1);
            if (WANTED[0].equals("points")) {
                passages = onceEach(passages(part), random);
            } else if (WANTED.length > 2) {
                int from = Integer.parseInt(WANTED[2].replace("+", ""));
                passages = IntStream.rangeClosed(from, WANTED[2].endsWith("+") ? count + 1 : from);
            }
            return passages.mapToObj(n -> new Death(part, n, part == Part.RECOVERY ? 1 + random.nextInt(count) : 0));
        }

        /** One passage of each point. */
        private static IntStream onceEach(List<FaultPoint> passed, Random random) {
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, passed.size()).boxed().toList());
            Collections.shuffle(order, random);
            Map<FaultPoint, Integer> chosen = new TreeMap<>();
            order.forEach(i -> chosen.put(passed.get(i), i + 1));
            return chosen.values().stream().mapToInt(i -> i).sorted();
        }

        void take(Death death) throws InterruptedException {
            taken++;
            List<FaultPoint> passages = passages(death.part());
            boolean dies = death.passage() <= passages.size();
            String context = "%s:%s:%d (%s of %d)%s, seed %d"
                    .formatted(
                            cell,
                            death.part().name().toLowerCase(Locale.ROOT),
                            death.passage(),
                            dies ? passages.get(death.passage() - 1).text() : "beyond the last",
                            passages.size(),
                            death.second() == 0 ? "" : ", then at " + death.second(),
                            seed);
            try {
                (death.part() == Part.FIRST || death.part() == Part.MEANWHILE ? empty : changed).restore();
                assertThat(run("*:" + death.passage() + ":crash")).as(context).isEqualTo(dies ? RunProcess.KILLED : 0);
                if (death.second() > 0) {
                    assertThat(run("*:" + death.second() + ":crash"))
                            .as(context)
                            .isIn(RunProcess.KILLED, 0);
                }
                recover(death, context);
            } catch (AssertionError failure) {
                failures.put(context, failure);
            }
        }

        private int run(String fault) throws InterruptedException {
            return processes.run(project.project().root(), "-D" + FaultPoint.PROPERTY + "=" + fault);
        }

        private void recover(Death death, String context) {
            boolean begins = death.part() == Part.FIRST || death.part() == Part.MEANWHILE;
            List<Map<String, List<String>>> allowed = begins ? seen.subList(0, 2) : seen.subList(1, 3);
            if (death.part() == Part.MEANWHILE) {
                project.change();
            }
            Evidence evidence = project.project().ask(leat -> {
                requireWholeWindows(leat, allowed, context);
                project.requireMade(leat, context);
                project.requireFree(leat, context);
                toRest(leat, death.part() == Part.MEANWHILE ? RUNS_UNTIL_AT_REST : 1, context);
                project.requireSound(leat, context);
                return project.evidence(leat);
            });
            Evidence expected = begins && death.part() != Part.MEANWHILE ? afterFirst : afterAgain;
            if (death.part() == Part.MEANWHILE) {
                // a window that was not loaded before the source changed has one generation, not two
                assertThat(evidence.readersSee()).as(context).isEqualTo(expected.readersSee());
            } else {
                assertThat(evidence).as(context).isEqualTo(expected);
            }
        }

        private void requireWholeWindows(Leat leat, List<Map<String, List<String>>> allowed, String context) {
            project.windows(leat)
                    .forEach((window, rows) -> assertThat(rows)
                            .as("%s: what readers see of %s", context, window)
                            .isIn(allowed.stream()
                                    .map(each -> each.getOrDefault(window, List.of()))
                                    .toList()));
        }

        /** Runs so often at most; afterwards nothing is left to do. */
        private void toRest(Leat leat, int runs, String context) {
            for (int i = 0; i < runs; i++) {
                RunReport report = leat.run(RunRequest.EVERYTHING, RunListener.SILENT);
                assertThat(report.exitCode()).as("%s: %s", context, report).isZero();
                if (isIdle(report)) {
                    return;
                }
            }
            assertThat(isIdle(leat.run(RunRequest.EVERYTHING, RunListener.SILENT)))
                    .as("%s: nothing is left to do", context)
                    .isTrue();
        }

        private static boolean isIdle(RunReport report) {
            return report.nodes().stream().noneMatch(node -> node.idle().isEmpty());
        }

        @SuppressWarnings("SystemOut")
        void finish() {
            if (taken > OF_A_BUILD) {
                System.out.printf("%s: %d deaths, %d failures, seed %d%n", cell, taken, failures.size(), seed);
            }
            if (!failures.isEmpty()) {
                var all = new AssertionError("%d of %d deaths of %s:%n%s"
                        .formatted(failures.size(), taken, cell, String.join("\n", failures.keySet())));
                failures.values().forEach(all::addSuppressed);
                throw all;
            }
        }
    }
}
