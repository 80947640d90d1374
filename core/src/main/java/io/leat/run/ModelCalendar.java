package io.leat.run;

import io.leat.model.Model;
import io.leat.name.EnvironmentName;
import io.leat.name.TableName;
import io.leat.project.Node;
import io.leat.project.Project;
import io.leat.project.WindowSpec;
import io.leat.state.StateReader;
import io.leat.state.Status;
import io.leat.state.WindowRun;
import io.leat.time.Grid;
import io.leat.time.IntervalSet;
import io.leat.time.Segment;
import io.leat.time.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which windows of an incremental model are covered by what it reads. */
final class ModelCalendar {

    private final Grid grid;
    private final List<Upstream> upstreams;
    private final Window range;

    private ModelCalendar(Grid grid, List<Upstream> upstreams, Window range) {
        this.grid = grid;
        this.upstreams = upstreams;
        this.range = range;
    }

    /** Something with windows that the model reads: from when to when it has any, and which are complete. */
    private record Upstream(Window bounds, Set<ZoneId> zones, IntervalSet complete) {}

    /** The calendar of a model over the tables of the lake that it reads; empty if nothing says where it begins. */
    static Optional<ModelCalendar> of(Model model, Set<TableName> tables, Project project, StateReader state) {
        Instant now = wholeSeconds(state.now());
        List<Upstream> upstreams = new ArrayList<>();
        for (TableName table : tables) {
            for (Node writer : project.dag().writers(table)) {
                upstream(writer, project, state, now).ifPresent(upstreams::add);
            }
        }
        Optional<Instant> first =
                upstreams.stream().map(each -> each.bounds().start()).min(Instant::compareTo);
        Optional<Instant> start = model.start().or(() -> first);
        Instant end = upstreams.stream()
                .map(each -> each.bounds().end())
                .max(Instant::compareTo)
                .orElse(now);
        return start.map(from -> Grid.of(model.every(), ZoneOffset.UTC, from))
                .map(grid -> new ModelCalendar(grid, upstreams, bounds(grid, end)));
    }

    /** As bounds of windows are. */
    static Instant wholeSeconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }

    private static Window bounds(Grid grid, Instant end) {
        Instant start = grid.start();
        // a window that contains the last instant of what is read is needed whole
        Instant last = end.isAfter(start)
                ? grid.windowAt(end.minusSeconds(1)).map(Window::end).orElse(end)
                : start.plusSeconds(1);
        return new Window(start, last);
    }

    private static Optional<Upstream> upstream(Node writer, Project project, StateReader state, Instant now) {
        Optional<Grid> grid = new Grids(project, state).of(writer);
        if (grid.isEmpty()) {
            return Optional.empty();
        }
        Instant end = project.pipeline(writer)
                .flatMap(pipeline -> pipeline.window())
                .flatMap(WindowSpec::end)
                .orElse(now);
        Instant start = grid.get().start();
        if (!end.isAfter(start)) {
            return Optional.empty();
        }
        return Optional.of(new Upstream(
                new Window(start, end), zones(grid.get()), complete(writer, project.environment(), state)));
    }

    private static IntervalSet complete(Node writer, EnvironmentName environment, StateReader state) {
        List<Window> done = state.windowRuns(environment, writer.name()).stream()
                .filter(run -> run.status() == Status.COMPLETED || run.status() == Status.SKIPPED)
                .map(WindowRun::span)
                .toList();
        List<Window> quarantined = state.quarantined(environment, writer.name()).stream()
                .flatMap(load -> load.window().stream())
                .toList();
        return IntervalSet.of(done).minus(IntervalSet.of(quarantined));
    }

    Grid grid() {
        return grid;
    }

    /** From the first window to the last that what is read reaches into. */
    Window range() {
        return range;
    }

    /**
     * Whether all that the model reads is complete for the window. A window in which nothing that is read has windows at
     * all is not covered: there is nothing to fill it from.
     */
    boolean covers(Window window) {
        boolean any = upstreams.isEmpty();
        for (Upstream upstream : upstreams) {
            any |= upstream.bounds().overlaps(window);
            IntervalSet needed = IntervalSet.of(reach(window, upstream.zones())).intersect(upstream.bounds());
            if (!needed.coveredBy(upstream.complete())) {
                return false;
            }
        }
        return any;
    }

    /** The window, and the same stretch of wall clock in every zone that is read: rows of both belong to it. */
    static Window reach(Window window, Collection<ZoneId> zones) {
        Window widest = window;
        for (ZoneId zone : zones) {
            Window other = reach(window, zone);
            widest = new Window(Scope.earliest(widest.start(), other.start()), Scope.latest(widest.end(), other.end()));
        }
        return widest;
    }

    private static Window reach(Window window, ZoneId zone) {
        return new Window(
                Scope.earliest(window.start(), asLocal(window.start(), zone)),
                Scope.latest(window.end(), asLocal(window.end(), zone)));
    }

    /**
     * From the first to the last model window that a stretch of time of what is read may reach: by its instants, and by what clocks
     * of the zones showed then.
     */
    static Window affected(Window read, Collection<ZoneId> zones) {
        Window widest = read;
        for (ZoneId zone : zones) {
            widest = new Window(
                    Scope.earliest(widest.start(), shown(read.start(), zone)),
                    Scope.latest(widest.end(), shown(read.end(), zone)));
        }
        return widest;
    }

    /** What clocks of the zone show at the instant, read as UTC. */
    private static Instant shown(Instant instant, ZoneId zone) {
        return instant.atZone(zone).toLocalDateTime().toInstant(ZoneOffset.UTC);
    }

    /** When clocks of the zone show what clocks of UTC show at the instant. */
    private static Instant asLocal(Instant instant, ZoneId zone) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDateTime().atZone(zone).toInstant();
    }

    /** The zones of everything with windows among the tables. */
    static Set<ZoneId> zones(Set<TableName> tables, Project project, StateReader state) {
        var grids = new Grids(project, state);
        return tables.stream()
                .flatMap(table -> project.dag().writers(table).stream())
                .flatMap(writer -> grids.of(writer).stream())
                .flatMap(grid -> zones(grid).stream())
                .collect(Collectors.toSet());
    }

    private static Set<ZoneId> zones(Grid grid) {
        return grid.segments().stream().map(Segment::zone).collect(Collectors.toSet());
    }
}
