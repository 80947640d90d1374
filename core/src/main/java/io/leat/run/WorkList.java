package io.leat.run;

import io.leat.name.PipelineException;
import io.leat.project.Node;
import io.leat.project.Retries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the slots of a run have to do, in order: a pipeline or model is opened when all that it reads is finished, and its slices are
 * handed out oldest first. What failed for a reason that may pass is opened again later. Thread-safe; whoever listens hears one
 * event at a time.
 */
final class WorkList {

    /** What is to be tried again later than that is left to the next run. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final long LOOK_MILLIS = 100;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<NodeWork> works;
    private final RunListener listener;
    private final BooleanSupplier stopped;
    private final Supplier<Instant> now;
    private boolean aborted;

    /**
     * @param some how much of each is handed out
     * @param now the store's clock
     */
    WorkList(List<Node> nodes, Some some, RunListener listener, BooleanSupplier stopped, Supplier<Instant> now) {
        this.works = nodes.stream()
                .map(node -> new NodeWork(node, some.groups(), some.waits()))
                .toList();
        this.listener = listener;
        this.stopped = stopped;
        this.now = now;
    }

    /**
     * How much of each pipeline and model is handed out.
     *
     * @param groups groups of slices at most
     * @param waits whether what is to be tried again is waited for
     */
    record Some(int groups, boolean waits) {
        static final Some ALL = new Some(Integer.MAX_VALUE, true);
    }

    /** The next thing to do. */
    sealed interface Task {
        NodeWork work();

        /** Find out what is due. */
        record Open(NodeWork work) implements Task {}

        /** Load these slices together. */
        record Load(NodeWork work, List<DueSlice> slices) implements Task {}
    }

    /** Nobody gets anything to do any more: something has gone wrong that nobody foresaw. */
    void abort() {
        locked(() -> aborted = true);
    }

    /** Waits for something to do; empty when all is done, or the run was asked to stop. */
    Optional<Task> next() {
        lock.lock();
        try {
            while (true) {
                if (stopped.getAsBoolean()) {
                    works.forEach(NodeWork::stop);
                }
                if (aborted) {
                    return Optional.empty();
                }
                Optional<Task> task = find();
                if (task.isPresent() || works.stream().allMatch(NodeWork::finished)) {
                    changed.signalAll();
                    return task;
                }
                var _ = changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS); // a pause may be over, or the run be stopped
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Task> find() {
        for (NodeWork work : works) {
            List<DueSlice> slices = work.take();
            if (!slices.isEmpty()) {
                return Optional.of(new Task.Load(work, slices));
            }
            settle(work);
            if (mayOpen(work)) {
                work.opening();
                return Optional.of(new Task.Open(work));
            }
        }
        return Optional.empty();
    }

    private void settle(NodeWork work) {
        if (work.settle(now.get().plus(PATIENCE)) && work.finished()) {
            listener.event(new RunEvent.NodeEnded(work.node(), work.report()));
        }
    }

    private boolean mayOpen(NodeWork work) {
        if (work.stage() == NodeWork.Stage.PAUSED) {
            return !now.get().isBefore(work.again());
        }
        if (work.stage() != NodeWork.Stage.WAITING) {
            return false;
        }
        List<NodeWork> upstream = works.stream()
                .filter(other -> work.node().reads(other.node()) && other != work)
                .toList();
        Optional<NodeWork> failed = upstream.stream()
                .filter(NodeWork::finished)
                .filter(other -> other.report().failed() > 0)
                .findFirst();
        if (failed.isPresent()) {
            String reason = "waiting: " + failed.get().node().name() + " failed";
            work.blocked(reason);
            listener.event(new RunEvent.NodeIdle(work.node(), reason));
            return false;
        }
        return upstream.stream().allMatch(NodeWork::finished);
    }

    void opened(NodeWork work, Due due, NodeTarget into) {
        locked(() -> {
            if (work.opened(due, into)) {
                listener.event(new RunEvent.NodeIdle(work.node(), due.idle()));
            } else {
                listener.event(new RunEvent.NodeStarted(work.node(), work.due()));
            }
        });
    }

    /** What is due could not be found out; it is tried again if that may help. */
    void failedToOpen(NodeWork work, PipelineException failure, Retries retries) {
        locked(() -> {
            boolean again = failure.code().retryable() && retries.again(work.timesOpened());
            work.failedToOpen(
                    failure,
                    again
                            ? Optional.of(
                                    now.get().plus(retries.pause(work.timesOpened(), ThreadLocalRandom.current())))
                            : Optional.empty());
            if (work.finished()) {
                NodeReport report = work.report();
                listener.event(new RunEvent.NodeStarted(work.node(), 0));
                report.failures().forEach(outcome -> listener.event(new RunEvent.SliceEnded(work.node(), outcome)));
                listener.event(new RunEvent.NodeEnded(work.node(), report));
            }
        });
    }

    void loaded(NodeWork work, List<SliceOutcome> outcomes) {
        locked(() -> {
            work.loaded(outcomes);
            outcomes.forEach(outcome -> listener.event(new RunEvent.SliceEnded(work.node(), outcome)));
            listener.event(work.progress());
        });
    }

    /** What became of every pipeline and model that was begun, in order. */
    List<NodeReport> reports() {
        lock.lock();
        try {
            List<NodeReport> reports = new ArrayList<>();
            works.forEach(work -> reports.add(work.report()));
            return reports;
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
