package io.leat.run;

import io.leat.name.EnvironmentName;
import io.leat.project.Node;
import io.leat.project.Project;
import io.leat.state.Activity;
import io.leat.state.CheckResult;
import io.leat.state.Record;
import io.leat.state.RecordQuery;
import io.leat.state.StateReader;
import io.leat.state.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an environment did in a stretch of time, and how it stands now.
 *
 * @param lines a pipeline or model each, in the order of loading; those that did nothing and wait for nothing are there, too
 * @param failures records that are failed now and became so since, the newest first, at most {@link #MOST}
 * @param checks results of checks since that did not pass, the newest first, at most {@link #MOST}
 */
public record Report(
        String project,
        EnvironmentName environment,
        Instant since,
        Instant until,
        List<Line> lines,
        List<Record> failures,
        List<CheckResult> checks) {

    public static final int MOST = 100;

    public Report {
        lines = List.copyOf(lines);
        failures = List.copyOf(failures);
        checks = List.copyOf(checks);
    }

    /**
     * What one pipeline or model did.
     *
     * @param overdue windows that are due now and not loaded; empty if that is not a question of time
     */
    public record Line(Node node, Activity activity, Optional<Long> overdue) {}

    public static Report of(Project project, StateReader state, Instant since) {
        EnvironmentName environment = project.environment();
        Instant now = state.now();
        var grids = new Grids(project, state);
        Map<String, Activity> activity = state.activity(environment, since).stream()
                .collect(Collectors.toMap(each -> each.pipeline().value(), Function.identity()));
        List<Line> lines = new ArrayList<>();
        for (Node node : project.dag().nodes()) {
            lines.add(new Line(
                    node,
                    activity.getOrDefault(node.name().value(), new Activity(node.name(), 0, 0, 0, 0, 0, 0, 0, 0, null)),
                    grids.calendar(node)
                            .map(calendar -> calendar.countDue(state.recorded(environment, node.name()), now))));
        }
        var failed = RecordQuery.of(environment)
                .statuses(Status.FAILED)
                .order(RecordQuery.Order.LAST_UPDATED_FIRST)
                .page(MOST, 0);
        return new Report(
                project.settings().name(),
                environment,
                since,
                now,
                lines,
                state.records(failed).stream()
                        .filter(record -> !record.updated().isBefore(since))
                        .toList(),
                state.troubledChecks(environment, MOST).stream()
                        .filter(check -> !check.at().isBefore(since))
                        .toList());
    }

    /** Whether nothing has failed, and nothing waits that should have been loaded. */
    public boolean well() {
        return failures.isEmpty()
                && lines.stream().allMatch(line -> line.overdue().orElse(0L) == 0);
    }
}
