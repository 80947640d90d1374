package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No test of a build, {@code bench/run claims}: how many windows of one pipeline some workers, each a process, claim in a second, one
 * at a time and 50 at a time, and how long the renewal of a lease takes meanwhile.
 */
class ClaimRates {
    private static final List<Integer> WORKERS = List.of(1, 2, 4, 8, 16);
    private static final int CLAIMS = 3_200;
    private static final int GROUP = 50;

    @TempDir
    Path folder;

    @Test
    @SuppressWarnings("SystemOut")
    void ofBothStores() throws InterruptedException {
        System.out.printf(
                "%-10s %8s %12s %14s   renewal in ms, meanwhile%n", "store", "workers", "one by one", "50 at a time");
        for (int workers : WORKERS) {
            show(
                    "SQLite",
                    workers,
                    () -> folder.resolve(workers + "-" + System.nanoTime() + ".db")
                            .toString());
        }
        for (int workers : WORKERS) {
            show("PostgreSQL", workers, () -> {
                var database = PostgresStores.made();
                return "postgresql:" + database.port() + "/" + database.database();
            });
        }
    }

    @SuppressWarnings("SystemOut")
    private static void show(String store, int workers, Supplier<String> place) throws InterruptedException {
        var single = measure(place.get(), workers, CLAIMS / workers, 1);
        var grouped = measure(place.get(), workers, CLAIMS * 2 / workers, GROUP);
        var renewals = Stream.concat(single.renewals().stream(), grouped.renewals().stream())
                .sorted()
                .toList();
        System.out.printf(
                "%-10s %8d %,10.0f/s %,12.0f/s   median %.1f, 99 of 100 %.1f, longest %.1f, of %,d%n",
                store,
                workers,
                CLAIMS / single.seconds(),
                CLAIMS * 2 / grouped.seconds(),
                part(renewals, 0.5),
                part(renewals, 0.99),
                part(renewals, 1),
                renewals.size());
    }

    private static double part(List<Long> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1) / 1_000.0;
    }

    /** @param renewals in microseconds */
    private record Measured(double seconds, List<Long> renewals) {}

    private static Measured measure(String place, int workers, int windows, int atOnce) throws InterruptedException {
        StateProcess.open(place).close();
        var processes = new ArrayList<StateProcess>();
        try {
            IntStream.range(0, workers)
                    .forEach(worker -> processes.add(
                            StateProcess.start(List.of(), "rate", place, "" + worker, "" + windows, "" + atOnce)));
            processes.forEach(process -> assertThat(process.line()).isEqualTo("ready"));
            long begin = System.nanoTime();
            processes.forEach(StateProcess::goOn);
            processes.forEach(process -> assertThat(process.line()).isEqualTo("done"));
            double seconds = (System.nanoTime() - begin) / 1e9;
            var renewals = new ArrayList<Long>();
            for (StateProcess process : processes) {
                Stream.of(process.line().split(" ")).map(Long::valueOf).forEach(renewals::add);
                assertThat(process.exitCode()).isZero();
            }
            return new Measured(seconds, renewals);
        } finally {
            processes.forEach(StateProcess::close);
        }
    }
}
