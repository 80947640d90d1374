package io.leat.run;

import io.leat.lake.Lake;
import io.leat.model.Analyzer;
import io.leat.model.Model;
import io.leat.model.ModelKind;
import io.leat.name.TableName;
import io.leat.project.Node;
import io.leat.project.Pipeline;
import io.leat.project.Project;
import io.leat.state.Backfill;
import io.leat.state.Load;
import io.leat.state.Record;
import io.leat.state.StateReader;
import io.leat.time.Grid;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Works out what a backfill or a restatement will load. Reads state, changes nothing. */
final class BackfillPlanner {

    private final Project project;
    private final StateReader state;
    private final ModelInputs inputs;
    private final Grids grids;

    BackfillPlanner(Project project, StateReader state, Lake lake, Analyzer analyzer) {
        this.project = project;
        this.state = state;
        this.inputs = new ModelInputs(project, state, lake, analyzer);
        this.grids = new Grids(project, state);
    }

    BackfillPlan plan(BackfillRequest request, String who) {
        Instant now = state.now();
        Set<Node> named = new HashSet<>(request.selection().of(project.dag()));
        request.scope()
                .require(named.stream().flatMap(node -> grids.of(node).stream()).toList());
        List<Node> nodes = request.downstream()
                ? project.dag().withDownstream(named).stream()
                        .filter(node -> named.contains(node) || node.kind() == Node.Kind.MODEL)
                        .toList()
                : project.dag().nodes().stream().filter(named::contains).toList();
        var bare = backfill(request, who, now, List.of());
        Map<TableName, List<Window>> touched = new HashMap<>();
        List<BackfillPlan.Part> parts = new ArrayList<>();
        for (Node node : nodes) {
            boolean isNamed = named.contains(node);
            part(node, isNamed, request, bare, touched, now).ifPresent(part -> {
                parts.add(part);
                Window bounds = part.range().bounds();
                node.table()
                        .ifPresent(table -> touched.computeIfAbsent(table, none -> new ArrayList<>())
                                .addAll(bounds == null ? List.of() : List.of(bounds)));
            });
        }
        List<Backfill.Range> ranges =
                parts.stream().map(BackfillPlan.Part::range).toList();
        return new BackfillPlan(backfill(request, who, now, ranges), parts);
    }

    private Backfill backfill(BackfillRequest request, String who, Instant now, List<Backfill.Range> ranges) {
        return new Backfill(
                "",
                project.environment(),
                request.kind(),
                request.reprocess(),
                Backfill.Stage.RUNNING,
                request.newestFirst(),
                request.maxActive(),
                who,
                now,
                null,
                ranges);
    }

    private Optional<BackfillPlan.Part> part(
            Node node,
            boolean named,
            BackfillRequest request,
            Backfill backfill,
            Map<TableName, List<Window>> touched,
            Instant now) {
        if (project.model(node)
                .filter(model -> model.kind() instanceof ModelKind.View)
                .isPresent()) {
            return Optional.empty();
        }
        Optional<Grid> grid = grids.of(node);
        if (grid.isEmpty()) {
            return whole(node, named, backfill);
        }
        Optional<Window> bounds =
                named ? bounds(node, grid.get(), request.scope(), now) : reached(node, grid.get(), touched, now);
        return bounds.flatMap(range -> windows(node, named, grid.get(), range, backfill));
    }

    private Optional<BackfillPlan.Part> whole(Node node, boolean named, Backfill backfill) {
        Optional<Record> newest = state.record(project.environment(), node.name(), new Slice.All());
        boolean wanted = switch (backfill.reprocess()) {
            case MISSING -> newest.filter(record -> !record.status().live()).isEmpty();
            case FAILED -> newest.filter(record -> record.status().done()).isEmpty();
            case COMPLETED -> true;
        };
        return wanted
                ? Optional.of(new BackfillPlan.Part(
                        new Backfill.Range(node.name(), null, 1),
                        node.target(),
                        state.publishedRows(project.environment(), node.name(), null),
                        named))
                : Optional.empty();
    }

    private Optional<BackfillPlan.Part> windows(Node node, boolean named, Grid grid, Window bounds, Backfill backfill) {
        long slices = new BackfillWindows(state, backfill, node.name(), grid).count(bounds);
        return slices == 0
                ? Optional.empty()
                : Optional.of(new BackfillPlan.Part(
                        new Backfill.Range(node.name(), bounds, slices),
                        node.target(),
                        state.publishedRows(project.environment(), node.name(), bounds),
                        named));
    }

    /** The whole windows within the bounds that a person gave, as far as they are due. */
    private Optional<Window> bounds(Node node, Grid grid, Scope scope, Instant now) {
        Optional<Pipeline> pipeline = project.pipeline(node);
        Instant start = grid.start();
        Instant end = now;
        if (pipeline.isPresent()) {
            end = WindowCalendar.of(pipeline.get(), grid).dueUntil(now);
        } else {
            Optional<ModelCalendar> calendar = calendar(node);
            if (calendar.isEmpty()) {
                return Optional.empty();
            }
            start = calendar.get().range().start();
            end = Scope.earliest(calendar.get().range().end(), now);
        }
        return scope.within(grid, start, end).flatMap(span -> WindowDue.whole(grid, span));
    }

    private Optional<ModelCalendar> calendar(Node node) {
        Model model = project.model(node).orElseThrow();
        return ModelCalendar.of(model, inputs.lakeTables(model), project, state);
    }

    /** The windows of a model that have an instant, or a reading of the clock, in common with what is loaded before it. */
    private Optional<Window> reached(Node node, Grid grid, Map<TableName, List<Window>> touched, Instant now) {
        Model model = project.model(node).orElseThrow();
        Set<TableName> tables = inputs.lakeTables(model);
        List<Window> windows = tables.stream()
                .flatMap(table -> touched.getOrDefault(table, List.of()).stream())
                .toList();
        boolean everything = windows.isEmpty()
                || tables.stream().anyMatch(table -> touched.containsKey(table) && project.isFolded(table));
        Optional<ModelCalendar> calendar = calendar(node);
        if (calendar.isEmpty()) {
            return Optional.empty();
        }
        Window range = calendar.get().range();
        Instant start = everything
                ? range.start()
                : windows.stream().map(Window::start).min(Instant::compareTo).orElseThrow();
        Instant end = everything
                ? range.end()
                : windows.stream().map(Window::end).max(Instant::compareTo).orElseThrow();
        if (!start.isBefore(end)) {
            return Optional.empty();
        }
        Window reach = ModelCalendar.affected(new Window(start, end), ModelCalendar.zones(tables, project, state));
        Instant first = Scope.latest(range.start(), windowStart(grid, reach.start()));
        Instant last = Scope.earliest(Scope.earliest(range.end(), now), grid.ceiling(reach.end()));
        return first.isBefore(last) ? WindowDue.whole(grid, new Window(first, last)) : Optional.empty();
    }

    private static Instant windowStart(Grid grid, Instant instant) {
        return grid.windowAt(instant).map(Window::start).orElse(grid.start());
    }

    /** Every slice of a plan in the order of loading, read page by page as it is asked for. */
    Stream<BackfillPlan.Item> items(BackfillPlan plan) {
        return plan.parts().stream().flatMap(part -> items(part, plan.backfill()));
    }

    private Stream<BackfillPlan.Item> items(BackfillPlan.Part part, Backfill backfill) {
        Node node = project.dag().nodes().stream()
                .filter(each -> each.name().equals(part.range().pipeline()))
                .findFirst()
                .orElseThrow();
        Window bounds = part.range().bounds();
        if (bounds == null) {
            return items(node, Map.of(new Slice.All(), "all")).stream();
        }
        Grid grid = grids.of(node).orElseThrow();
        var windows = new BackfillWindows(state, backfill, node.name(), grid).windows(bounds);
        return Paged.of(windows.iterator(), page -> {
            Map<Slice, String> labels = new LinkedHashMap<>();
            page.forEach(window -> labels.put(new Slice.OfWindow(window), grid.labelText(window)));
            return items(node, labels);
        });
    }

    private List<BackfillPlan.Item> items(Node node, Map<Slice, String> labels) {
        Map<Slice, Record> records = state.records(project.environment(), node.name(), labels.keySet());
        Map<Slice, Load> loads = state.loads(project.environment(), node.name(), labels.keySet());
        List<BackfillPlan.Item> items = new ArrayList<>();
        labels.forEach((slice, label) -> {
            Record record = records.get(slice);
            Load load = loads.get(slice);
            items.add(new BackfillPlan.Item(
                    node.name() + "@" + label,
                    record == null ? null : record.status().name(),
                    load == null ? 0 : load.rows(),
                    load == null ? null : load.committedAt().toString()));
        });
        return items;
    }
}
