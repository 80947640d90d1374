package io.leat.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.project.Node;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No test of a build, {@code bench/run planning}: how long it takes to find out what is due of pipelines with windows of five minutes after
 * a year in which nobody ran them, apart from looking for files, and how much memory, while the plans of all are held at once.
 */
class PlanningRates {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int PIPELINES = 1_000;

    @TempDir
    Path folder;

    @Test
    @SuppressWarnings("SystemOut")
    void afterDowntime() {
        var project = TestProject.in(folder);
        for (int i = 0; i < PIPELINES; i++) {
            project.file("pipelines/p%d.yaml".formatted(i), """
                    pipeline: p%1$d
                    source: { files: "data/p%1$d/*.csv" }
                    window: { column: at, every: 5m, timezone: America/Los_Angeles, start: 2025-01-01 }
                    columns: { at: { type: local_timestamp } }
                    target: { table: bronze.p%1$d }
                    """.formatted(i));
        }
        try (var engine = PlannedPipeline.Engine.in(folder)) {
            long begin = System.nanoTime();
            try (var planned = PlannedPipeline.at(engine, NOW)) {
                System.out.printf("%,d pipelines read and opened in %.1f s%n", PIPELINES, seconds(begin));
                System.out.printf(
                        "%-12s %9s %13s %8s %14s %14s%n",
                        "downtime", "pipelines", "windows", "seconds", "peak heap MB", "plans MB");
                for (int pipelines : List.of(100, PIPELINES)) {
                    measure(planned, Duration.ofDays(1), pipelines);
                    measure(planned, Duration.ofDays(365), pipelines);
                }
                walk(planned);
            }
        }
    }

    @SuppressWarnings("SystemOut")
    private static void measure(PlannedPipeline planned, Duration downtime, int pipelines) {
        long empty = live();
        pools().forEach(MemoryPoolMXBean::resetPeakUsage);
        long begin = System.nanoTime();
        List<Due> plans = new ArrayList<>();
        long windows = 0;
        for (Node node : planned.session.project().dag().nodes().subList(0, pipelines)) {
            Due due = due(planned.loader(node), downtime);
            assertThat(due.slices().hasNext()).isTrue();
            windows += due.count();
            plans.add(due);
        }
        double seconds = seconds(begin);
        long peak = pools().stream()
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        long held = live() - empty;
        assertThat(plans).hasSize(pipelines);
        System.out.printf(
                "%-12s %,9d %,13d %8.1f %,14d %,14d%n",
                downtime.toDays() + " d", pipelines, windows, seconds, peak >> 20, held >> 20);
    }

    @SuppressWarnings("SystemOut")
    private static void walk(PlannedPipeline planned) {
        long begin = System.nanoTime();
        long windows = 0;
        var slices = due(planned.loader, Duration.ofDays(365)).slices();
        while (slices.hasNext()) {
            slices.next();
            windows++;
        }
        System.out.printf("all %,d requests of one pipeline in %.1f s%n", windows, seconds(begin));
    }

    private static Due due(WindowLoader loader, Duration downtime) {
        var scope = new Scope(NOW.minus(downtime).toString(), null);
        return loader.due(new DueRequest(scope, DueRequest.Occasion.PLANNED));
    }

    private static List<MemoryPoolMXBean> pools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    private static long live() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
