package io.leat.run;

import io.leat.name.PipelineException;
import io.leat.project.Node;
import io.leat.time.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How far a run has come with one pipeline or model. Guarded by the {@link WorkList} that it is on. */
final class NodeWork {

    /** Where it stands. */
    enum Stage {
        /** Nobody has asked yet what is due; what it reads may be in work. */
        WAITING,
        /** A slot finds out what is due. */
        OPENING,
        /** Slices are left, or in work. */
        OPEN,
        /** Something failed that may work later: it is opened again then. */
        PAUSED,
        DONE
    }

    private final Node node;
    private final Map<Slice, SliceOutcome> retrying = new LinkedHashMap<>();
    private final Map<Slice, SliceOutcome> unsettled = new LinkedHashMap<>();
    private Stage stage = Stage.WAITING;
    private Iterator<DueSlice> slices = Collections.emptyIterator();
    private NodeReport report;
    private @Nullable NodeTarget into;
    private @Nullable PipelineException failedToOpen;
    private Instant again = Instant.EPOCH;
    private long begun;
    private long due;
    private long done;
    private int opened;
    private int active;
    private int left;
    private final boolean waits;

    /**
     * @param groups how many groups of slices are handed out at most
     * @param waits whether what is to be tried again is waited for, and has failed if it is not tried in the end
     */
    NodeWork(Node node, int groups, boolean waits) {
        this.node = node;
        this.left = groups;
        this.waits = waits;
        this.report = NodeReport.empty(node);
    }

    Node node() {
        return node;
    }

    Stage stage() {
        return stage;
    }

    boolean finished() {
        return stage == Stage.DONE;
    }

    /** When it may be opened again, if it is paused. */
    Instant again() {
        return again;
    }

    long due() {
        return due;
    }

    RunEvent.Progress progress() {
        return new RunEvent.Progress(node, done, due, report.counts().read());
    }

    void opening() {
        stage = Stage.OPENING;
        begun = begun == 0 ? System.nanoTime() : begun;
        retrying.clear();
        opened++;
    }

    /** Whether there was nothing to do from the start. */
    boolean opened(Due found, NodeTarget target) {
        failedToOpen = null;
        into = target;
        slices = found.slices();
        due = done + found.count();
        stage = Stage.OPEN;
        if (found.count() == 0 && done == 0) {
            report = NodeReport.idle(node, found.idle());
            stage = Stage.DONE;
            return true;
        }
        return false;
    }

    /** What is due could not be found out. */
    void failedToOpen(PipelineException failure, Optional<Instant> nextTry) {
        failedToOpen = failure;
        stage = nextTry.isPresent() && waits ? Stage.PAUSED : Stage.DONE;
        again = nextTry.orElse(again);
        if (stage == Stage.DONE) {
            add(Unloaded.failed(node, failure, took()));
        }
    }

    /** How often it was tried to find out what is due. */
    int timesOpened() {
        return opened;
    }

    void blocked(String reason) {
        report = NodeReport.idle(node, reason);
        stage = Stage.DONE;
    }

    /** The next slices to load together; none if there are none, or as many claims are in work as may be. */
    List<DueSlice> take() {
        List<DueSlice> next = new ArrayList<>();
        if (stage == Stage.OPEN && into != null && active < into.concurrency().maxActive()) {
            while (next.size() < into.together() && slices.hasNext()) {
                next.add(slices.next());
            }
        }
        if (!next.isEmpty()) {
            active++;
            left--;
        }
        if (left == 0) {
            slices = Collections.emptyIterator();
        }
        return next;
    }

    void loaded(List<SliceOutcome> outcomes) {
        active--;
        done += outcomes.size();
        for (SliceOutcome outcome : outcomes) {
            if (outcome.result() == SliceOutcome.Result.RETRYING) {
                retrying.put(outcome.slice(), outcome);
                unsettled.put(outcome.slice(), outcome);
            } else {
                unsettled.remove(outcome.slice());
                add(outcome);
            }
        }
    }

    private void add(SliceOutcome outcome) {
        report = report.plus(outcome);
    }

    /** Once nothing is left or in work: it is done, or waits for its next try. Whether that has changed. */
    boolean settle(Instant patience) {
        if (stage != Stage.OPEN || active > 0 || slices.hasNext()) {
            return false;
        }
        Optional<Instant> next = retrying.values().stream()
                .flatMap(outcome -> Stream.ofNullable(outcome.nextTry()))
                .min(Instant::compareTo)
                .filter(time -> waits && !time.isAfter(patience));
        stage = next.isPresent() ? Stage.PAUSED : Stage.DONE;
        again = next.orElse(again);
        if (next.isEmpty()) {
            giveUpRetrying();
        }
        return true;
    }

    /** Nothing more of it is begun. */
    void stop() {
        slices = Collections.emptyIterator();
        if (stage == Stage.WAITING) {
            report = NodeReport.idle(node, "not begun: the run was stopped");
        }
        if (stage == Stage.PAUSED && failedToOpen != null) {
            add(Unloaded.failed(node, failedToOpen, took()));
        }
        if (stage != Stage.OPENING && active == 0) {
            giveUpRetrying();
            stage = Stage.DONE;
        }
    }

    /** What is still to be tried again has not been loaded by this run. */
    private void giveUpRetrying() {
        if (waits) {
            unsettled.values().forEach(outcome -> add(outcome.given(SliceOutcome.Result.FAILED)));
        }
        unsettled.clear();
    }

    NodeReport report() {
        return begun == 0 ? report : report.took(took());
    }

    private Duration took() {
        return begun == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - begun);
    }
}
