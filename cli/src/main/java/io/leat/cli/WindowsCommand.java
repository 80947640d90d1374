package io.leat.cli;

import io.leat.Leat;
import io.leat.cli.output.Human;
import io.leat.cli.output.Listing;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.project.Node;
import io.leat.project.Selection;
import io.leat.run.WindowList;
import io.leat.state.Status;
import io.leat.time.Grid;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "windows",
        description = {
            "The windows of a pipeline or model, oldest first, with what each phase counted; and why others have no record.",
            "`leat why` tells the whole story of one."
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
            bounds.scope().require(grid.stream().toList());
            Instant from = bound(grid, bounds.start, "--start");
            Instant to = bound(grid, bounds.end, "--end");
            var windows = new WindowList(leat.project(), leat.state(), node);
            Status wanted = status;
            print(
                    WindowListing.of(zone),
                    wanted == null ? windows.between(from, to) : windows.between(from, to, wanted));
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

    /** Short lists without the columns that say nothing; long ones as they come. */
    private void print(Listing<WindowList.Entry> listing, Stream<WindowList.Entry> windows) {
        Iterator<WindowList.Entry> rest = windows.iterator();
        List<WindowList.Entry> first = new ArrayList<>();
        while (rest.hasNext() && first.size() < PAGE) {
            first.add(rest.next());
        }
        if (rest.hasNext()) {
            session.output().print(listing, Stream.concat(first.stream(), stream(rest)));
        } else {
            session.output().print(listing, first);
            session.output().say(Human.count(first.size(), "window", "windows"));
        }
    }

    private static Stream<WindowList.Entry> stream(Iterator<WindowList.Entry> windows) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(windows, Spliterator.ORDERED), false);
    }

    private static @Nullable Instant bound(Optional<Grid> grid, @Nullable String text, String option) {
        if (text == null) {
            return null;
        }
        return grid.orElseThrow(() ->
                        new PipelineException(ErrorCode.BAD_BOUND, option + " means nothing here: it has no windows"))
                .bound(text);
    }
}
