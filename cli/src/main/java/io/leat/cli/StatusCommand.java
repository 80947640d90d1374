package io.leat.cli;

import io.leat.Leat;
import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.project.Node;
import io.leat.project.Project;
import io.leat.state.PipelineCounts;
import io.leat.state.Status;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "status",
        description = "What is loaded, what is due, what failed: a row for each pipeline and model.",
        footerHeading = "%nExamples:%n",
        footer = {"  leat status", "  leat status tag:daily", "  leat status -o json"})
final class StatusCommand implements Callable<Integer> {
    private static final Listing<Standing> STANDINGS = Listing.<Standing>empty()
            .with("name", Kind.TEXT, standing -> standing.node().name())
            .with("status", Kind.STATUS, Standing::word)
            .with(
                    "complete",
                    Kind.NUMBER,
                    standing -> standing.records(Status.COMPLETED) + standing.records(Status.SKIPPED))
            .withIfAny("due", "due", Kind.NUMBER, Standing::due)
            .withIfAny("in_progress", "in progress", Kind.NUMBER, standing -> standing.records(Status.IN_PROGRESS))
            .withIfAny("failed", "failed", Kind.NUMBER, standing -> standing.records(Status.FAILED))
            .with("rows", Kind.NUMBER, standing -> standing.sum(PipelineCounts::staged))
            .withIfAny("rejected", "rejected", Kind.NUMBER, standing -> standing.sum(PipelineCounts::rejected))
            .withIfAny("loaded_until", "loaded until", Kind.INSTANT, Standing::until)
            .with("last_updated", "last change", Kind.INSTANT, Standing::updated)
            .withDetail("kind", standing -> OutcomeListing.word(standing.node().kind()))
            .withDetail("table", standing -> standing.node().target());

    private final Session session;

    @Mixin
    final SelectionOptions selected = new SelectionOptions();

    StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var leat = session.leat()) {
            session.output().print(STANDINGS, standings(leat));
        }
        return 0;
    }

    private List<Standing> standings(Leat leat) {
        Project project = leat.project();
        Map<String, List<PipelineCounts>> counts = leat.state().counts(project.environment()).stream()
                .collect(Collectors.groupingBy(each -> each.pipeline().value()));
        return selected.selection().of(project.dag()).stream()
                .map(node -> new Standing(
                        node,
                        counts.getOrDefault(node.name().value(), List.of()),
                        due(node, leat),
                        leat.grids()
                                .of(node)
                                .map(grid -> grid.zone())
                                .orElse(project.settings().defaults().timezone())))
                .toList();
    }

    /** Windows that are due and have no record yet; empty where that is not a question of time. */
    private static Optional<Long> due(Node node, Leat leat) {
        return leat.grids()
                .calendar(node)
                .map(calendar -> calendar.countDue(
                        leat.state().recorded(leat.project().environment(), node.name()),
                        leat.state().now()));
    }

    private record Standing(Node node, List<PipelineCounts> counts, Optional<Long> missing, ZoneId zone) {
        String word() {
            if (records(Status.FAILED) > 0) {
                return "failed";
            }
            if (records(Status.IN_PROGRESS) > 0) {
                return "in progress";
            }
            return due() != null && due() > 0 ? "due" : counts.isEmpty() ? "never loaded" : "ok";
        }

        @Nullable
        Long due() {
            return missing.map(windows -> windows + records(Status.PENDING)).orElse(null);
        }

        long records(Status status) {
            return counts.stream()
                    .filter(each -> each.status() == status)
                    .mapToLong(PipelineCounts::records)
                    .sum();
        }

        long sum(ToLongFunction<PipelineCounts> rows) {
            return counts.stream()
                    .filter(each -> each.status().done())
                    .mapToLong(rows)
                    .sum();
        }

        @Nullable
        Object until() {
            return counts.stream()
                    .filter(each -> each.status().done())
                    .flatMap(each -> Stream.ofNullable(each.lastWindowEnd()))
                    .max(Instant::compareTo)
                    .map(instant -> instant.atZone(zone))
                    .orElse(null);
        }

        @Nullable
        Object updated() {
            return counts.stream()
                    .map(PipelineCounts::lastUpdated)
                    .max(Instant::compareTo)
                    .map(instant ->
                            Instant.ofEpochSecond(instant.getEpochSecond()).atZone(zone))
                    .orElse(null);
        }
    }
}
