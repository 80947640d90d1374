package io.leat.cli;

import io.leat.Leat;
import io.leat.cli.output.Human;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.project.Node;
import io.leat.project.Selection;
import io.leat.state.Record;
import io.leat.state.RecordQuery;
import io.leat.state.Status;
import io.leat.time.Grid;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "windows",
        description = {
            "The records of a pipeline or model, oldest window first: what was read, loaded, rejected, and why.",
            "Windows without a record are due or not due yet; `leat status` counts them, `leat why` explains one."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  leat windows trips",
            "  leat windows trips --start 2024-03-10 --end 2024-03-11",
            "  leat windows trips --status failed -o json"
        })
final class WindowsCommand implements Callable<Integer> {
    private static final int PAGE = 1000;

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "A pipeline or model.")
    String name = "";

    @Mixin
    final BoundsOptions bounds = new BoundsOptions();

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "Only records in this status: completed, failed, ….")
    @Nullable
    Status status;

    WindowsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var leat = session.leat()) {
            Node node = one(leat, name);
            Optional<Grid> grid = leat.grids().of(node);
            ZoneId zone = grid.map(Grid::zone)
                    .orElse(leat.project().settings().defaults().timezone());
            var query = query(leat, node, grid);
            session.output().print(RecordListing.of(record -> zone), pages(leat, query));
            long count = leat.state().count(query);
            session.output().say(Human.count(count, "record", "records"));
        }
        return 0;
    }

    /** The only node of that name. */
    static Node one(Leat leat, String name) {
        List<Node> nodes =
                new Selection(List.of(name), List.of()).of(leat.project().dag());
        if (nodes.size() != 1) {
            throw new PipelineException(
                    ErrorCode.BAD_SELECTION,
                    "'" + name + "' names " + nodes.size() + " pipelines and models, expected one");
        }
        return nodes.getFirst();
    }

    private RecordQuery query(Leat leat, Node node, Optional<Grid> grid) {
        RecordQuery query = RecordQuery.of(leat.project().environment())
                .pipeline(node.name())
                .between(bound(grid, bounds.start, "--start"), bound(grid, bounds.end, "--end"))
                .order(RecordQuery.Order.OLDEST_WINDOW_FIRST);
        Status wanted = status;
        return wanted == null ? query : query.statuses(wanted);
    }

    private static @Nullable Instant bound(Optional<Grid> grid, @Nullable String text, String option) {
        if (text == null) {
            return null;
        }
        if (grid.isEmpty()) {
            throw new PipelineException(ErrorCode.BAD_BOUND, option + " means nothing here: it has no windows");
        }
        try {
            return grid.get().bound(text);
        } catch (IllegalArgumentException failure) {
            throw new PipelineException(
                    ErrorCode.BAD_BOUND, option + " " + text + ": " + failure.getMessage(), failure);
        }
    }

    private static Stream<Record> pages(Leat leat, RecordQuery query) {
        return IntStream.iterate(0, start -> start + PAGE)
                .mapToObj(start -> leat.state().records(query.page(PAGE, start)))
                .takeWhile(page -> !page.isEmpty())
                .flatMap(List::stream);
    }
}
