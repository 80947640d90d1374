package io.leat.run;

import io.leat.config.Suggestion;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.project.Node;
import io.leat.project.Project;
import io.leat.state.CheckResult;
import io.leat.state.Load;
import io.leat.state.Record;
import io.leat.state.RecordEvent;
import io.leat.state.StateReader;
import io.leat.time.Grid;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The whole story of one slice: its generations, what happened to them, what the checks said, what is published; and where
 * there is no record yet, why.
 *
 * @param name as people type it
 * @param reason one sentence: why the slice is as it is
 * @param generations oldest first, each with what is no longer in its row
 * @param loads all that were ever published, oldest first
 */
public record Why(String name, String reason, List<Generation> generations, List<Load> loads) {

    /** One generation of the slice. */
    public record Generation(Record record, List<RecordEvent> events, List<CheckResult> checks) {}

    /**
     * The story of a record's name, {@code pipeline@label}.
     *
     * @throws PipelineException E504 if the name means nothing
     */
    public static Why of(String name, Project project, StateReader state) {
        int at = name.lastIndexOf('@');
        if (at <= 0) {
            throw unknown(name, wholeName(name, project));
        }
        var node = project.dag().nodes().stream()
                .filter(each -> each.name().value().equals(name.substring(0, at)))
                .findFirst()
                .orElseThrow(() -> unknown(
                        name,
                        nearest(name.substring(0, at), project)
                                .map(near -> "did you mean " + near + name.substring(at) + "?")
                                .orElse("`leat ls` lists pipelines and models")));
        String label = name.substring(at + 1);
        List<Record> labelled = state.recordsLabelled(project.environment(), node.name(), label);
        if (!labelled.isEmpty()) {
            return recorded(name, labelled.getFirst(), project, state);
        }
        Optional<Grid> grid = new Grids(project, state).of(node);
        if (grid.isEmpty()) {
            if (!label.equals("all")) {
                throw unknown(name, node.name() + " has no windows: its only slice is " + node.name() + "@all");
            }
            return new Why(name, "not loaded yet: the next run loads it", List.of(), List.of());
        }
        Window window;
        try {
            window = grid.get().parseLabel(label);
        } catch (IllegalArgumentException e) {
            throw unknown(name, String.valueOf(e.getMessage()));
        }
        Optional<Record> record = state.record(project.environment(), node.name(), new Slice.OfWindow(window));
        return record.map(found -> recorded(name, found, project, state))
                .orElseGet(() -> new Why(
                        name,
                        project.pipeline(node)
                                .map(pipeline ->
                                        new Unrecorded(pipeline, new Grids(project, state), state.now()).reason(window))
                                .orElse("not loaded yet: it is due when all that it reads is loaded"),
                        List.of(),
                        List.of()));
    }

    /** How a record of what seems to be a pipeline or model is named. */
    private static String wholeName(String name, Project project) {
        Optional<Node> node = project.dag().nodes().stream()
                .filter(each -> each.name().value().equals(name))
                .findFirst();
        if (node.isEmpty()) {
            return "a record is named pipeline@label, for example trips@2024-03-10T02";
        }
        return project.grid(node.get()).isEmpty()
                ? "did you mean " + name + "@all?"
                : "name one of its windows: `leat windows " + name + "` lists them";
    }

    private static Optional<String> nearest(String name, Project project) {
        return Suggestion.nearest(
                name,
                project.dag().nodes().stream().map(node -> node.name().value()).toList());
    }

    private static PipelineException unknown(String name, String hint) {
        return new PipelineException(ErrorCode.UNKNOWN_RECORD, "there is no record '" + name + "'").withHint(hint);
    }

    private static Why recorded(String name, Record newest, Project project, StateReader state) {
        List<Generation> generations =
                state.generations(newest.environment(), newest.pipeline(), newest.slice()).stream()
                        .map(record -> new Generation(record, state.events(record.id()), state.checks(record.id())))
                        .toList();
        List<Load> loads = state.loadHistory(newest.environment(), newest.pipeline(), newest.slice());
        return new Why(name, reason(newest, project, state.now()), generations, loads);
    }

    private static String reason(Record record, Project project, Instant now) {
        String own = record.reason() == null ? "" : ": " + record.reason();
        var lease = record.lease();
        return switch (record.status()) {
            case PENDING ->
                record.notBefore() != null && record.notBefore().isAfter(now)
                        ? "waiting: to be tried again after " + record.notBefore() + own
                        : "pending: the next run loads it" + own;
            case IN_PROGRESS ->
                lease == null
                        ? "in progress"
                        : lease.owner().isDeadHere()
                                ? "interrupted: " + lease.owner() + " is gone; the next run goes on with it"
                                : "locked by run " + lease.run() + " (" + lease.owner() + ") since "
                                        + Unrecorded.when(
                                                lease.lockedAt(),
                                                project.settings().defaults().timezone())
                                        + ", lease ends " + lease.until();
            case COMPLETED ->
                "completed: "
                        + "%,d rows in the target, recounted"
                                .formatted(record.targetCount() == null ? 0 : record.targetCount());
            case SKIPPED -> "skipped" + own;
            case FAILED ->
                "failed" + (record.errorCode() == null ? "" : " with " + record.errorCode()) + own
                        + (record.errorCode() == ErrorCode.INTEGRITY
                                ? "; `leat restore-slice " + record.name() + "` loads it again"
                                : "; the next run tries it again");
            case CANCELLED -> "cancelled" + own;
            case SUPERSEDED -> "superseded by a later generation" + own;
        };
    }
}
