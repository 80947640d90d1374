package io.leat.run;

import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.project.Node;
import io.leat.project.Pipeline;
import io.leat.project.Project;
import io.leat.project.WindowSpec;
import io.leat.state.SettledGrid;
import io.leat.state.StateReader;
import io.leat.state.StateStore;
import io.leat.state.WindowRun;
import io.leat.time.Grid;
import io.leat.time.Segment;
import io.leat.time.Tzdb;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The grids of pipelines, as the state knows them. A pipeline whose file asks for another length of windows or another zone than
 * before gets it from the first new boundary after its last window with a record; older windows stay what they were. Where the
 * start is, the file alone says.
 */
public final class Grids {

    private static final int MOST_ROUNDS = 10;

    private final StateReader state;
    private final Project project;
    private final EnvironmentName environment;

    public Grids(Project project, StateReader state) {
        this.project = project;
        this.state = state;
        this.environment = project.environment();
    }

    /** The windows of a pipeline or model, as they are or will be with its next run; empty if it is loaded as a whole. */
    public Optional<Grid> of(Node node) {
        Optional<Pipeline> pipeline =
                project.pipeline(node).filter(each -> each.window().isPresent());
        return pipeline.isPresent() ? pipeline.map(this::of) : project.grid(node);
    }

    /** When the windows of a pipeline are due; empty if it has none. */
    public Optional<WindowCalendar> calendar(Node node) {
        return project.pipeline(node)
                .filter(pipeline -> pipeline.window().isPresent())
                .map(pipeline -> WindowCalendar.of(pipeline, of(pipeline)));
    }

    /** The windows of a pipeline that has some, as they are or will be with its next run. */
    Grid of(Pipeline pipeline) {
        WindowSpec spec = pipeline.window().orElseThrow();
        return grid(spec, wanted(pipeline, spec, state.grids(environment, pipeline.name())));
    }

    /** The same, written down: from now on they are so. */
    Grid settled(Pipeline pipeline, StateStore store) {
        WindowSpec spec = pipeline.window().orElseThrow();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<SettledGrid> known = store.grids(environment, pipeline.name());
            List<SettledGrid> wanted = wanted(pipeline, spec, known);
            if (wanted.equals(known) || store.settleGrids(environment, pipeline.name(), known, wanted)) {
                return grid(spec, wanted);
            }
        }
        throw new PipelineException(
                ErrorCode.COMMIT_CONFLICT, "the windows of " + pipeline.name() + " are changed by others all the time");
    }

    /** When the pipeline was first planned; empty if it never was. */
    Optional<Instant> firstPlanned(Pipeline pipeline) {
        return state.grids(environment, pipeline.name()).stream()
                .flatMap(grid -> Optional.ofNullable(grid.settled()).stream())
                .min(Instant::compareTo);
    }

    private List<SettledGrid> wanted(Pipeline pipeline, WindowSpec spec, List<SettledGrid> known) {
        Segment asked = spec.grid().segments().getFirst();
        if (known.isEmpty()) {
            return List.of(new SettledGrid(asked, Tzdb.version(), null));
        }
        Segment last = known.getLast().segment();
        boolean same = last.every().equals(asked.every()) && last.zone().equals(asked.zone());
        if (same && known.stream().allMatch(grid -> grid.tzdb().equals(Tzdb.version()))) {
            return known;
        }
        List<WindowRun> recorded = state.windowRuns(environment, pipeline.name());
        if (recorded.isEmpty()) {
            return List.of(
                    new SettledGrid(asked, Tzdb.version(), known.getFirst().settled()));
        }
        if (same && fits(grid(spec, known), recorded)) {
            return asOf(known, known.stream().map(SettledGrid::segment).toList());
        }
        Instant settled = recorded.stream()
                .map(run -> run.span().end())
                .max(Instant::compareTo)
                .orElseThrow();
        return asOf(
                known,
                grid(spec, known)
                        .changedAfter(settled, asked.every(), asked.zone())
                        .segments());
    }

    /** Segments by the rules of today; those that were there before stay as old as they were, the first as old as any. */
    static List<SettledGrid> asOf(List<SettledGrid> known, List<Segment> segments) {
        List<SettledGrid> settled = new ArrayList<>();
        for (Segment segment : segments) {
            SettledGrid old = settled.isEmpty()
                    ? known.getFirst()
                    : known.stream()
                            .filter(grid -> grid.segment().equals(segment))
                            .findFirst()
                            .orElse(null);
            settled.add(new SettledGrid(segment, Tzdb.version(), old == null ? null : old.settled()));
        }
        return settled;
    }

    /** Whether all windows that were recorded are windows of the grid. */
    private static boolean fits(Grid grid, List<WindowRun> recorded) {
        return recorded.stream()
                .filter(run -> !run.span().start().isBefore(grid.start()))
                .allMatch(run -> grid.ceiling(run.span().start())
                                .equals(run.span().start())
                        && grid.ceiling(run.span().end()).equals(run.span().end())
                        && grid.count(run.span().start(), run.span().end()) == run.windows());
    }

    /** The segments with the start that the file has now. */
    private static Grid grid(WindowSpec spec, List<SettledGrid> settled) {
        Instant start = spec.grid().start();
        List<Segment> segments = settled.stream().map(SettledGrid::segment).toList();
        int first = 0;
        while (first + 1 < segments.size() && !segments.get(first + 1).from().isAfter(start)) {
            first++;
        }
        Segment begin = segments.get(first);
        List<Segment> from = new ArrayList<>();
        from.add(Grid.of(begin.every(), begin.zone(), start).segments().getFirst());
        from.addAll(segments.subList(first + 1, segments.size()));
        return new Grid(from);
    }
}
