package io.leat.run;

import io.leat.lake.Lake;
import io.leat.model.Analyzer;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.project.Project;
import io.leat.state.Backfill;
import io.leat.state.BackfillProgress;
import io.leat.state.Record;
import io.leat.state.RecordQuery;
import io.leat.state.StateStore;
import io.leat.state.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Fills windows and loads what is there again: planned, written down, then carried out by a run or by workers. It can be paused,
 * resumed and cancelled while it goes on. Each change is written down in the audit log.
 */
public final class Backfills {

    private static final int PAGE = 1_000;

    private final Project project;
    private final StateStore state;
    private final BackfillPlanner planner;

    public Backfills(Project project, StateStore state, Lake lake, Analyzer analyzer) {
        this.project = project;
        this.state = state;
        this.planner = new BackfillPlanner(project, state, lake, analyzer);
    }

    /** How far a backfill has come: slices by status, and those that were planned. */
    public record Progress(Backfill backfill, List<BackfillProgress> slices) {

        /** Slices that have ended, well or not. */
        public long ended() {
            return count(Status.COMPLETED) + count(Status.SKIPPED) + count(Status.FAILED) + count(Status.CANCELLED);
        }

        public long count(Status status) {
            return slices.stream()
                    .filter(each -> each.status() == status)
                    .mapToLong(BackfillProgress::slices)
                    .sum();
        }
    }

    /**
     * What would be loaded. Nothing is changed.
     *
     * @throws PipelineException E501 if the selection matches nothing, E502 if a bound cannot be read
     */
    public BackfillPlan plan(BackfillRequest request) {
        return planner.plan(request, who());
    }

    /** Every slice of a plan, in the order of loading; read as it is asked for. */
    public Stream<BackfillPlan.Item> items(BackfillPlan plan) {
        return planner.items(plan);
    }

    /** Writes the plan down: from now on workers carry it out, and a run of {@link #request}. */
    public Backfill start(BackfillPlan plan) {
        Backfill started = state.startBackfill(plan.backfill());
        String what = plan.backfill().kind() == Backfill.Kind.RESTATE ? "restate" : "backfill";
        state.audit(
                project.environment(),
                null,
                what,
                started.id(),
                null,
                started.ranges().stream()
                        .map(range -> range.pipeline() + " " + (range.bounds() == null ? "all" : range.bounds()))
                        .toList()
                        .toString());
        return started;
    }

    /** What a run has to be asked for, to carry a backfill out. */
    public RunRequest request(Backfill backfill) {
        return RunRequest.EVERYTHING.demanding(new Demand.OfBackfill(backfill));
    }

    /** Ends a backfill of which nothing is left. Whether that is so. */
    public boolean endIfDone(Backfill backfill) {
        boolean done = progress(backfill.id()).ended() >= backfill.slices();
        if (done) {
            state.changeBackfill(backfill.id(), Backfill.Stage.DONE);
        }
        return done;
    }

    /** @throws PipelineException E503 if there is none */
    public Progress progress(String id) {
        Backfill backfill = state.backfill(id)
                .filter(found -> found.environment().equals(project.environment()))
                .orElseThrow(() -> new PipelineException(
                                ErrorCode.BAD_ARGUMENT,
                                "there is no backfill '" + id + "' in the environment " + project.environment())
                        .withHint("`leat backfills` lists them"));
        return new Progress(backfill, state.progress(id));
    }

    /** Newest first. */
    public List<Progress> newest(int limit) {
        return state.backfills(project.environment(), limit).stream()
                .map(backfill -> new Progress(backfill, state.progress(backfill.id())))
                .toList();
    }

    /** What is in work is finished; nothing more is begun. */
    public Progress pause(String id) {
        return changed(id, Backfill.Stage.PAUSED);
    }

    public Progress resume(String id) {
        return changed(id, Backfill.Stage.RUNNING);
    }

    /** What is in work is cancelled, and nothing more is begun. What is loaded stays. */
    public Progress cancel(String id) {
        Progress cancelled = changed(id, Backfill.Stage.CANCELLED);
        cancelled.backfill().ranges().forEach(range -> {
            List<Record> live = new ArrayList<>();
            var query = RecordQuery.of(project.environment())
                    .pipeline(range.pipeline())
                    .statuses(Status.PENDING, Status.IN_PROGRESS);
            int start = 0;
            List<Record> page;
            do {
                page = state.records(query.page(PAGE, start));
                page.stream().filter(record -> id.equals(record.backfill())).forEach(live::add);
                start += PAGE;
            } while (page.size() == PAGE);
            state.cancel(live, "the backfill " + id + " was cancelled");
        });
        return progress(id);
    }

    private Progress changed(String id, Backfill.Stage stage) {
        Progress before = progress(id);
        if (!state.changeBackfill(id, stage)) {
            throw new PipelineException(
                    ErrorCode.BAD_ARGUMENT,
                    "the backfill " + id + " has ended: it is "
                            + before.backfill().stage().name().toLowerCase(Locale.ROOT));
        }
        state.audit(
                project.environment(),
                null,
                "backfill " + stage.name().toLowerCase(Locale.ROOT),
                id,
                before.backfill().stage().name(),
                stage.name());
        return progress(id);
    }

    private static String who() {
        return System.getProperty("user.name", "unknown");
    }
}
