package io.leat.cli;

import io.leat.cli.output.Human;
import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.project.Node;
import io.leat.project.Selection;
import io.leat.run.RegridPlan;
import io.leat.time.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "regrid",
        description = {
            "Loads a range of time again in windows of the length that the pipeline's file has now, in one commit.",
            "Without it another `every` counts from the first boundary after the last window with a record."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  leat regrid trips --start 2024-01-01 --end 2024-02-01 --dry-run",
            "  leat regrid trips --start 2024-01-01 --end 2024-02-01"
        })
final class RegridCommand implements Callable<Integer> {
    private static final Listing<Change> CHANGES = Listing.<Change>empty()
            .with("name", Kind.TEXT, Change::name)
            .with("what", Kind.TEXT, Change::what)
            .with(
                    "window_start_time",
                    "start",
                    Kind.TEXT,
                    change -> change.window().start())
            .with("window_end_time", "end", Kind.TEXT, change -> change.window().end());

    private final Session session;

    @Parameters(paramLabel = "PIPELINE", description = "A pipeline with windows.")
    String pipeline = "";

    @Mixin
    final BoundsOptions bounds = new BoundsOptions();

    @Option(
            names = "--dry-run",
            description = "Prints which windows would leave and which would come; changes nothing.")
    boolean dryRun;

    RegridCommand(Session session) {
        this.session = session;
    }

    private record Change(String name, String what, Window window) {}

    @Override
    public Integer call() {
        try (var leat = session.leat()) {
            List<Node> nodes = new Selection(List.of(pipeline), List.of())
                    .of(leat.project().dag());
            if (nodes.size() != 1) {
                throw new PipelineException(
                        ErrorCode.BAD_SELECTION, "one pipeline at a time: '" + pipeline + "' are " + nodes.size());
            }
            RegridPlan plan = leat.planRegrid(nodes.getFirst(), bounds.scope());
            if (plan.leaving().isEmpty() && plan.expected().equals(plan.wanted())) {
                session.output().say("nothing to do: the range is in windows of this length");
                return 0;
            }
            String total = Human.count(plan.leaving().size(), "window makes", "windows make") + " room for "
                    + Human.count(plan.coming().size(), "window", "windows");
            if (dryRun) {
                session.output().print(CHANGES, changes(plan));
                session.output().say(total + "; nothing was changed");
                return 0;
            }
            session.output().say(total);
            return new ProjectRun(session)
                    .shown(RunScreen.Detail.SLICES, listener -> leat.regrid(plan, session.arguments(), listener));
        }
    }

    private static List<Change> changes(RegridPlan plan) {
        List<Change> changes = new ArrayList<>();
        plan.leaving()
                .forEach(record -> record.window()
                        .ifPresent(window ->
                                changes.add(new Change(plan.node().name() + "@" + record.label(), "leaves", window))));
        plan.coming()
                .forEach(window -> changes.add(
                        new Change(plan.node().name() + "@" + plan.grid().labelText(window), "comes", window)));
        return changes;
    }
}
