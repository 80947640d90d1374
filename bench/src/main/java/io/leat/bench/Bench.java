package io.leat.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs a benchmark: alternating pairs in fresh processes, medians, and at the end one line for programs.
 *
 * <p>Arguments: the launcher, a folder to work in, then {@code --list} or a name and {@code --pairs N}.
 */
final class Bench {
    private static final Map<String, Benchmark> BENCHMARKS = new TreeMap<>(Map.of(
            "start-up", new StartUp(),
            "csv-to-lake", new CsvToLake(),
            "csv-to-postgres", new CsvToPostgres(),
            "small-windows", new SmallWindows()));

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        var words = List.of(arguments).subList(2, arguments.length);
        if (words.contains("--list")) {
            BENCHMARKS.forEach((name, benchmark) -> System.out.println(name + ": " + benchmark.about()));
            return;
        }
        var benchmark = words.isEmpty() ? null : BENCHMARKS.get(words.getFirst());
        if (benchmark == null
                || words.size() != 1 && !(words.size() == 3 && words.get(1).equals("--pairs"))) {
            System.err.println("usage: bench/run NAME [--pairs N], or bench/run --list");
            System.exit(2);
            return;
        }
        int pairs = words.size() == 3 ? Integer.parseInt(words.get(2)) : 5;
        Path folder = Files.createDirectories(Path.of(arguments[1]).resolve(words.getFirst()));
        measure(words.getFirst(), benchmark, pairs, new Place(Path.of(arguments[0]), folder));
    }

    private static void measure(String name, Benchmark benchmark, int pairs, Place place) throws Exception {
        place.leat(place.folder(), "--help").run(); // builds what is missing
        benchmark.prepare(place);
        var leat = new ArrayList<Measured>();
        var plain = new ArrayList<Measured>();
        for (int pair = 1; pair <= pairs; pair++) {
            boolean first = pair % 2 == 1;
            if (first) {
                leat.add(run(pair, "leat", benchmark.leat(place)));
            }
            plain.add(run(pair, "plain", benchmark.plain(place)));
            if (!first) {
                leat.add(run(pair, "leat", benchmark.leat(place)));
            }
            System.out.println("pair " + pair + "  compared: " + benchmark.compare(place));
        }
        show("median", "leat", medians(leat));
        show("median", "plain", medians(plain));
        System.out.printf(
                Locale.ROOT,
                "%s cpu_ratio=%.2f wall_ratio=%.2f peak_mb=%.0f%n",
                name,
                medians(leat).cpuSeconds() / medians(plain).cpuSeconds(),
                medians(leat).wallSeconds() / medians(plain).wallSeconds(),
                medians(leat).peakMegabytes());
    }

    private static Measured run(int pair, String side, Command command) throws IOException, InterruptedException {
        Measured measured = command.run();
        show("pair " + pair, side, measured);
        return measured;
    }

    private static Measured medians(List<Measured> runs) {
        return new Measured(
                Measured.median(runs, Measured::cpuSeconds),
                Measured.median(runs, Measured::wallSeconds),
                Measured.median(runs, Measured::peakMegabytes));
    }

    private static void show(String what, String side, Measured measured) {
        System.out.printf(
                Locale.ROOT,
                "%s  %-5s  cpu %.2f s  wall %.2f s  peak %.0f MB%n",
                what,
                side,
                measured.cpuSeconds(),
                measured.wallSeconds(),
                measured.peakMegabytes());
    }
}
