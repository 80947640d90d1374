package io.leat.run;

import io.leat.name.PipelineException;
import io.leat.project.Node;
import io.leat.project.Retries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** Loads everything that is due of the selected pipelines and models, in their order, and says what happened. */
final class Runner {

    private final List<Slot> slots;
    private final Session session;
    private final RunListener listener;
    private final BooleanSupplier stopped;

    Runner(List<Slot> slots, Session session, RunListener listener, BooleanSupplier stopped) {
        this.slots = List.copyOf(slots);
        this.session = session;
        this.listener = listener;
        this.stopped = stopped;
    }

    /** Until nothing is left. */
    RunReport run(List<Node> nodes, RunRequest request) {
        return runSome(nodes, request, WorkList.Some.ALL);
    }

    /** A part of what is to be done. */
    RunReport runSome(List<Node> nodes, RunRequest request, WorkList.Some some) {
        long begin = System.nanoTime();
        var list = new WorkList(nodes, some, listener, stopped, session.state()::now);
        if (slots.size() == 1) {
            work(slots.getFirst(), list, request);
        } else {
            workTogether(list, request);
        }
        List<NodeReport> reports = list.reports();
        boolean heldNamed = reports.stream()
                .anyMatch(report -> report.held() > 0 && request.selection().names(report.node()));
        return new RunReport(session.run(), reports, heldNamed, Duration.ofNanos(System.nanoTime() - begin));
    }

    private void workTogether(WorkList list, RunRequest request) {
        try (var threads = Executors.newFixedThreadPool(
                slots.size(), Thread.ofPlatform().name("leat-slot-", 1).factory())) {
            List<Future<?>> working = new ArrayList<>();
            slots.forEach(slot -> working.add(threads.submit(() -> work(slot, list, request))));
            for (Future<?> one : working) {
                one.get();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void work(Slot slot, WorkList list, RunRequest request) {
        try {
            workOff(slot, list, request);
        } catch (RuntimeException | Error unforeseen) {
            list.abort();
            throw unforeseen;
        }
    }

    private void workOff(Slot slot, WorkList list, RunRequest request) {
        for (Optional<WorkList.Task> task = list.next(); task.isPresent(); task = list.next()) {
            switch (task.get()) {
                case WorkList.Task.Open(NodeWork work) -> open(slot, list, work, request);
                case WorkList.Task.Load(NodeWork work, List<DueSlice> slices) ->
                    list.loaded(work, slot.load(work.node(), slices, request));
            }
        }
    }

    private void open(Slot slot, WorkList list, NodeWork work, RunRequest request) {
        try {
            Due due = slot.due(work.node(), request);
            list.opened(work, due, slot.into(work.node()));
        } catch (PipelineException e) {
            list.failedToOpen(work, e, retries());
        }
    }

    private Retries retries() {
        return session.project().settings().defaults().retries();
    }
}
