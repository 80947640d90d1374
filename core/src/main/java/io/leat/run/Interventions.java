package io.leat.run;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.project.Node;
import io.leat.project.Project;
import io.leat.project.Selection;
import io.leat.state.Cause;
import io.leat.state.Record;
import io.leat.state.RecordQuery;
import io.leat.state.StateStore;
import io.leat.state.Status;
import io.leat.time.Slice;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a person does to records by hand: retry, cancel, release, restore. Each is written down in the audit log.
 *
 * <p>Records are named {@code pipeline@label}, or by the grammar of selection: then all of these pipelines and models that are in a
 * status to which it can be done.
 */
public final class Interventions {

    private static final int PAGE = 1_000;
    private static final int NAMED_IN_LOG = 20;

    private final Project project;
    private final StateStore state;

    public Interventions(Project project, StateStore state) {
        this.project = project;
        this.state = state;
    }

    /**
     * Makes failed and cancelled records pending again, and those due at once that wait for their next attempt: the next run or
     * worker tries them. Those that were are returned.
     */
    public List<Record> retry(List<String> names) {
        List<Record> failed = find(names, Status.FAILED, Status.CANCELLED, Status.PENDING);
        failed.removeIf(record -> record.status() == Status.PENDING && record.notBefore() == null);
        return noted("retry", state.reopen(failed, "a person tries it again"));
    }

    /** What a run has to be asked for, to load exactly these records. */
    public RunRequest request(List<Record> records) {
        return RunRequest.EVERYTHING.demanding(WantedSlices.of(records, Cause.RESTATE));
    }

    /** Ends what is pending or in progress; whoever works on it notices within seconds. */
    public List<Record> cancel(List<String> names, String reason) {
        List<Record> live = find(names, Status.PENDING, Status.IN_PROGRESS);
        return noted("cancel", state.cancel(live, reason));
    }

    /** Takes records away from whoever holds them, and shuts those out: pending again. */
    public List<Record> release(List<String> names) {
        List<Record> held = find(names, Status.IN_PROGRESS);
        return noted("release", state.takeAway(held, "a person took it away from its owner"));
    }

    /**
     * What a run has to be asked for, to load slices again whose rows readers do not see as they were published.
     *
     * @throws PipelineException E504 if a name means no record with a published load
     */
    public RunRequest restore(List<String> names) {
        List<Record> records = find(
                names,
                Status.FAILED,
                Status.COMPLETED,
                Status.SKIPPED,
                Status.CANCELLED,
                Status.SUPERSEDED,
                Status.PENDING);
        Set<Slice> quarantined = new LinkedHashSet<>();
        records.forEach(record -> state.load(project.environment(), record.pipeline(), record.slice())
                .filter(load -> load.quarantine() != null || names.contains(record.name()))
                .ifPresent(load -> quarantined.add(record.slice())));
        List<Record> wanted = records.stream()
                .filter(record -> quarantined.contains(record.slice()))
                .toList();
        if (!wanted.isEmpty()) {
            noted("restore-slice", wanted);
        }
        return RunRequest.EVERYTHING.demanding(WantedSlices.of(wanted, Cause.RESTORE));
    }

    private List<Record> find(List<String> names, Status first, Status... more) {
        List<Record> found = new ArrayList<>();
        List<String> selectors = new ArrayList<>();
        for (String name : names) {
            if (name.contains("@")) {
                found.add(record(name));
            } else {
                selectors.add(name);
            }
        }
        if (!selectors.isEmpty()) {
            for (Node node : new Selection(selectors, List.of()).of(project.dag())) {
                var query = RecordQuery.of(project.environment())
                        .pipeline(node.name())
                        .statuses(first, more)
                        .order(RecordQuery.Order.OLDEST_WINDOW_FIRST);
                int start = 0;
                List<Record> page;
                do {
                    page = state.records(query.page(PAGE, start));
                    found.addAll(page);
                    start += PAGE;
                } while (page.size() == PAGE);
            }
        }
        return found;
    }

    private Record record(String name) {
        int at = name.lastIndexOf('@');
        Node node = project.dag().nodes().stream()
                .filter(each -> each.name().value().equals(name.substring(0, at)))
                .findFirst()
                .orElseThrow(() -> unknown(name, "`leat ls` lists pipelines and models"));
        return state.recordsLabelled(project.environment(), node.name(), name.substring(at + 1)).stream()
                .findFirst()
                .orElseThrow(() -> unknown(name, "`leat windows " + node.name() + "` lists its windows"));
    }

    private static PipelineException unknown(String name, String hint) {
        return new PipelineException(ErrorCode.UNKNOWN_RECORD, "there is no record '" + name + "'").withHint(hint);
    }

    private List<Record> noted(String action, List<Record> changed) {
        if (!changed.isEmpty()) {
            String names =
                    changed.stream().limit(NAMED_IN_LOG).map(Record::name).collect(Collectors.joining(", "));
            String more = changed.size() > NAMED_IN_LOG ? " and %,d more".formatted(changed.size() - NAMED_IN_LOG) : "";
            state.audit(
                    project.environment(),
                    null,
                    action,
                    names + more,
                    null,
                    changed.getFirst().status().name().toLowerCase(Locale.ROOT));
        }
        return changed;
    }
}
