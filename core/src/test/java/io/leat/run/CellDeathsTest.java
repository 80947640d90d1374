package io.leat.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.name.FaultPoint;
import io.leat.run.CellWay.Part;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Both stores, both targets, all write modes: a process that runs a project dies or stands still, another one goes on, and all ends
 * where an undisturbed run ends. In the middle a window shows what it had before or what it has afterwards, and nothing else. What
 * dies is always a JVM of its own; what recovers runs in the JVM of the test, but for second deaths.
 *
 * <p>A build draws ten of the cells, and for each of them a halt, four kills and a process that stands still, by a seed. {@code -Dleat.cells=all} halts at every passage of every part of every cell,
 * {@code points} at every fault point once in each part; {@code sqlite-lake-merge} takes one cell,
 * {@code sqlite-lake-merge:again} one part of it, {@code sqlite-lake-merge:again:17} one halt, and {@code sqlite-lake-merge:again:17+}
 * goes on from there; {@code points:sqlite-lake-merge:again} every point once in one part; {@code kills} are 300 of {@code kill -9}, {@code zombies} 60 processes that stand still, and
 * {@code zombies:sqlite-lake-merge} those of one cell.
 */
class CellDeathsTest {

    private static final int KILLS = 300;
    private static final int ZOMBIES = 60;
    private static final int CELLS_OF_A_BUILD = 10;
    private static final int HALTS_OF_A_CELL = 1;
    private static final int KILLS_OF_A_CELL = 4;
    private static final int ZOMBIES_OF_A_CELL = 1;
    private static final List<String> RECOVERING = List.of("postgres-lake-history", "sqlite-postgres-merge");

    /** Where a process stands still: with its claim, its staged rows, amid publishing, before the audit is written. */
    private static final List<List<FaultPoint>> PHASES = List.of(
            List.of(
                    FaultPoint.CLAIM_AFTER_COMMIT,
                    FaultPoint.TARGET_RAISE_BEFORE_COMMIT,
                    FaultPoint.TARGET_RAISE_AFTER_COMMIT),
            List.of(FaultPoint.LAKE_FILES_WRITTEN, FaultPoint.LAKE_FILES_STAGED, FaultPoint.STAGED_AFTER_COMMIT),
            List.of(
                    FaultPoint.LAKE_METADATA_WRITTEN,
                    FaultPoint.TARGET_TABLE_BEFORE_COMMIT,
                    FaultPoint.TARGET_PUBLISH_BEFORE_COMMIT,
                    FaultPoint.TARGET_PUBLISH_AFTER_COMMIT),
            List.of(FaultPoint.PUBLISH_AFTER_COMMIT, FaultPoint.LAKE_COMMITTED, FaultPoint.LAKE_POINTER_WRITTEN));

    private static final String[] WANTED = System.getProperty("leat.cells", "").split(":");
    private static final boolean IS_BUILD = WANTED[0].isEmpty();
    private static final List<Part> NAMED = Arrays.stream(Part.values())
            .filter(part -> Arrays.asList(WANTED).contains(part.name().toLowerCase(Locale.ROOT)))
            .toList();
    private static final String FROM = WANTED[WANTED.length - 1];

    private static final long SEED = Long.getLong("leat.seed", new Random().nextLong());

    @TempDir
    static Path shared;

    private static RunProcess processes;
    private static long nanos;

    @TempDir
    Path folder;

    private final Map<String, AssertionError> failures = new TreeMap<>();

    /** One that ends in order: those that are to die start faster after it. Then one that says how long they live. */
    @BeforeAll
    static void warmed() throws InterruptedException {
        processes = RunProcess.in(shared);
        for (int i = 0; i < 2; i++) {
            var project =
                    CellProject.in(shared.resolve("project-" + i), Cell.all().getLast());
            long begin = System.nanoTime();
            assertThat(processes.run(project.project().root())).isZero();
            nanos = System.nanoTime() - begin;
            project.forget();
        }
    }

    static Stream<Cell> cells() {
        List<Cell> named = Cell.all().stream()
                .filter(cell -> Arrays.asList(WANTED).contains(cell.toString()))
                .toList();
        List<Cell> all = named.isEmpty() ? Cell.all() : named;
        return IS_BUILD ? some(CELLS_OF_A_BUILD, all, new Random(SEED)).stream() : all.stream();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void whateverHappensToARunTheNextOneEndsAsIfNothingHadHappened(Cell cell) throws Exception {
        int number = Cell.all().indexOf(cell);
        var random = new Random(SEED + number);
        int taken = 0;
        try (var way = new CellWay(folder, cell)) {
            for (Disturbance disturbance : chosen(way, number, random)) {
                taken++;
                String context = disturbance.text(way) + ", seed " + SEED;
                tell(context);
                try {
                    way.begin(disturbance.part());
                    disturbance.happen(way, processes, context);
                } catch (AssertionError failure) {
                    failures.put(context, failure);
                }
            }
        }
        tell("%s: %d disturbances, %d failures".formatted(cell, taken, failures.size()));
        requireNoFailure(cell, taken);
    }

    /** Whoever waits for hours wants to see something, and to know where to go on. */
    @SuppressWarnings("SystemOut")
    private static void tell(String what) {
        if (!IS_BUILD) {
            System.out.println(what);
        }
    }

    private void requireNoFailure(Cell cell, int taken) {
        if (!failures.isEmpty()) {
            var all = new AssertionError("%d of %d disturbances of %s:%n%s"
                    .formatted(failures.size(), taken, cell, String.join("\n", failures.keySet())));
            failures.values().forEach(all::addSuppressed);
            throw all;
        }
    }

    private static List<? extends Disturbance> chosen(CellWay way, int number, Random random) {
        return switch (WANTED[0]) {
            case "" -> {
                List<Disturbance> some = new ArrayList<>(some(HALTS_OF_A_CELL, halts(way, random), random));
                some.addAll(kills(way, KILLS_OF_A_CELL, random));
                some.addAll(some(ZOMBIES_OF_A_CELL, stops(way), random));
                yield some;
            }
            case "kills" -> kills(way, share(KILLS, number), random);
            case "zombies" -> zombies(way, share(ZOMBIES, number), random);
            default -> halts(way, random);
        };
    }

    /** The share of one cell, so that all together have as many. */
    private static int share(int all, int number) {
        int cells = Cell.all().size();
        return all / cells + (number * 7 % cells < all % cells ? 1 : 0);
    }

    private static <T> List<T> some(int count, List<T> all, Random random) {
        List<T> order = new ArrayList<>(all);
        Collections.shuffle(order, random);
        return order.subList(0, Math.min(count, order.size()));
    }

    private static List<Part> parts(Cell cell) {
        return Arrays.stream(Part.values())
                .filter(part -> part != Part.RECOVERY || RECOVERING.contains(cell.toString()))
                .toList();
    }

    private static List<Disturbance.Halt> halts(CellWay way, Random random) {
        return parts(way.cell()).stream()
                .filter(part -> NAMED.isEmpty() || NAMED.contains(part))
                .flatMap(part -> halts(way, part, random))
                .toList();
    }

    private static Stream<Disturbance.Halt> halts(CellWay way, Part part, Random random) {
        int count = way.passages(part).size();
        IntStream passages = IntStream.rangeClosed(1, count + 1);
        if (WANTED[0].equals("points")) {
            passages = onceEach(way.passages(part), random);
        } else if (FROM.matches("[0-9]+[+]?")) {
            int from = Integer.parseInt(FROM.replace("+", ""));
            passages = IntStream.rangeClosed(from, FROM.endsWith("+") ? count + 1 : from);
        }
        return passages.mapToObj(
                n -> new Disturbance.Halt(part, n, part == Part.RECOVERY ? 1 + random.nextInt(count) : 0));
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

    private static List<Disturbance.Kill> kills(CellWay way, int count, Random random) {
        List<Part> parts =
                parts(way.cell()).stream().filter(part -> part != Part.RECOVERY).toList();
        return IntStream.range(0, count)
                .mapToObj(i -> new Disturbance.Kill(parts.get(i % parts.size()), random.nextDouble(), nanos))
                .toList();
    }

    private static List<Disturbance.Stop> stops(CellWay way) {
        return PHASES.stream().flatMap(phase -> stops(way, phase).stream()).toList();
    }

    /** Every passage of the points of a phase. */
    private static List<Disturbance.Stop> stops(CellWay way, List<FaultPoint> phase) {
        List<Disturbance.Stop> stops = new ArrayList<>();
        for (Part part : List.of(Part.FIRST, Part.AGAIN)) {
            Map<FaultPoint, Integer> counted = new TreeMap<>();
            for (FaultPoint point : way.passages(part)) {
                int n = counted.merge(point, 1, Integer::sum);
                if (phase.contains(point)) {
                    stops.add(new Disturbance.Stop(part, point, n));
                }
            }
        }
        return stops;
    }

    /** As many of each phase. */
    private static List<Disturbance.Stop> zombies(CellWay way, int count, Random random) {
        List<Disturbance.Stop> zombies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            zombies.addAll(some(1, stops(way, PHASES.get(i % PHASES.size())), random));
        }
        return zombies;
    }
}
