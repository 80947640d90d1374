package io.leat.cli;

import io.leat.Leat;
import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.project.Node;
import io.leat.run.WindowCalendar;
import io.leat.time.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "next",
        description = "Lists when windows will be due: by the clock of the pipeline's zone, and by UTC.",
        footerHeading = "%nExamples:%n",
        footer = {"  leat next", "  leat next trips -n 12"})
final class NextCommand implements Callable<Integer> {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);
    private static final Listing<Coming> COMING = Listing.<Coming>empty()
            .with("name", Kind.TEXT, Coming::name)
            .with("due_local", "due, local time", Kind.TEXT, Coming::local)
            .with("timezone", "zone", Kind.TEXT, Coming::zone)
            .with("due", "due, UTC", Kind.TEXT, coming -> coming.due().toString())
            .withDetail("window_start_time", coming -> coming.window().start())
            .withDetail("window_end_time", coming -> coming.window().end());

    private final Session session;

    @Mixin
    final SelectionOptions selected = new SelectionOptions();

    @Option(names = "-n", paramLabel = "N", description = "How many of each pipeline; 3 if nothing is said.")
    int limit = 3;

    NextCommand(Session session) {
        this.session = session;
    }

    private record Coming(String name, Window window, Instant due, ZoneId zone) {
        String local() {
            return LOCAL.format(due.atZone(zone));
        }
    }

    @Override
    public Integer call() {
        try (var leat = session.leat()) {
            List<Coming> coming = selected.selection().of(leat.project().dag()).stream()
                    .flatMap(node -> coming(leat, node))
                    .sorted(Comparator.comparing(Coming::due).thenComparing(Coming::name))
                    .toList();
            session.output().print(COMING, coming);
            if (coming.isEmpty()) {
                session.output().say("no windows lie ahead: what has none is looked at with each run");
            }
        }
        return 0;
    }

    private Stream<Coming> coming(Leat leat, Node node) {
        Instant now = leat.state().now();
        AtLeast.one("-n", limit);
        return leat.grids().calendar(node).stream().flatMap(calendar -> coming(node, calendar, now));
    }

    private Stream<Coming> coming(Node node, WindowCalendar calendar, Instant now) {
        return calendar.upcoming(now)
                .limit(limit)
                .map(window -> new Coming(
                        node.name() + "@" + calendar.grid().labelText(window),
                        window,
                        calendar.dueAt(window),
                        calendar.zone()));
    }
}
