package io.leat.run;

import io.leat.name.PipelineException;
import io.leat.name.RunId;
import io.leat.project.Node;
import io.leat.project.Project;
import io.leat.project.Retries;
import io.leat.state.Backfill;
import io.leat.state.StateStore;
import io.leat.time.TimeSpan;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Goes round and round: frees what nobody holds any more, loads some of what is due, then some of what is left of each backfill, and
 * waits when there was nothing. No round is long, so that what becomes due meanwhile does not wait for a year of backfill.
 */
final class Worker {

    private static final WorkList.Some A_ROUND = new WorkList.Some(4, false);

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Retries TROUBLE = new Retries(
            Integer.MAX_VALUE,
            new TimeSpan(Duration.ofSeconds(1)),
            BigDecimal.valueOf(2),
            new TimeSpan(Duration.ofMinutes(1)));

    private final Project project;
    private final StateStore state;
    private final WorkRequest request;
    private final RunId run;
    private final List<Node> nodes;
    private final Map<Node, NodeReport> totals = new HashMap<>();

    Worker(Project project, StateStore state, WorkRequest request, RunId run) {
        this.project = project;
        this.state = state;
        this.request = request;
        this.run = run;
        this.nodes = request.selection().of(project.dag()).stream()
                .sorted(Comparator.comparingInt(this::priority).reversed())
                .toList();
    }

    private int priority(Node node) {
        return project.pipeline(node)
                .map(pipeline -> pipeline.execution().concurrency().priority())
                .orElse(0);
    }

    RunReport work(Supplier<Runner> runners, BooleanSupplier stopped) {
        long begin = System.nanoTime();
        Runner runner = runners.get();
        int troubles = 0;
        while (!stopped.getAsBoolean()) {
            boolean busy;
            try {
                busy = round(runner, stopped);
                troubles = 0;
            } catch (PipelineException e) {
                if (!e.code().retryable()) {
                    throw e;
                }
                busy = false;
                troubles++;
                rest(TROUBLE.pause(troubles, ThreadLocalRandom.current()), stopped);
            }
            if (!busy) {
                rest(request.poll(), stopped);
            }
        }
        List<NodeReport> reports = new ArrayList<>();
        nodes.forEach(node -> reports.add(totals.getOrDefault(node, NodeReport.empty(node))));
        return new RunReport(run, reports, false, Duration.ofNanos(System.nanoTime() - begin));
    }

    /** Whether anything was done. */
    private boolean round(Runner runner, BooleanSupplier stopped) {
        state.sweep(project.environment());
        boolean busy = done(runner, new Demand.ByCalendar(true));
        for (Backfill backfill : state.runningBackfills(project.environment())) {
            if (stopped.getAsBoolean()) {
                return busy;
            }
            busy |= done(runner, new Demand.OfBackfill(backfill));
            endIfDone(backfill);
        }
        return busy;
    }

    private void endIfDone(Backfill backfill) {
        long ended = state.progress(backfill.id()).stream()
                .filter(each -> !each.status().live())
                .mapToLong(each -> each.slices())
                .sum();
        if (ended >= backfill.slices()) {
            state.changeBackfill(backfill.id(), Backfill.Stage.DONE);
        }
    }

    private boolean done(Runner runner, Demand demand) {
        var wanted = new RunRequest(request.selection(), Scope.EVERYTHING, Optional.empty(), request.slots(), demand);
        RunReport report =
                runner.runSome(nodes.stream().filter(demand::concerns).toList(), wanted, A_ROUND);
        boolean busy = false;
        for (NodeReport node : report.nodes()) {
            busy |= node.loaded() + node.skipped() + node.failed() > 0;
            totals.merge(node.node(), node, NodeReport::plus);
        }
        return busy;
    }

    private static void rest(Duration pause, BooleanSupplier stopped) {
        long end = System.nanoTime() + pause.toNanos();
        while (!stopped.getAsBoolean() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(Math.min(LOOK.toNanos(), Math.max(1, end - System.nanoTime())));
        }
    }
}
