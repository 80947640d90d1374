package io.leat.run;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.project.Node;
import io.leat.project.Pipeline;
import io.leat.project.Project;
import io.leat.source.Copies;
import io.leat.state.Cause;
import io.leat.state.ClaimResult;
import io.leat.state.Claimant;
import io.leat.state.Owner;
import io.leat.state.Record;
import io.leat.state.RecordQuery;
import io.leat.state.Retirement;
import io.leat.state.SettledGrid;
import io.leat.state.SliceRequest;
import io.leat.state.StateReader;
import io.leat.state.Status;
import io.leat.time.Grid;
import io.leat.time.Segment;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Loads a range of time anew in windows of the length that the pipeline's file has now, in one commit: readers see the rows of the old
 * windows until they see those of the new ones.
 */
final class Regrid {

    /** So many windows fit into one commit. */
    private static final int MOST = 4_096;

    private final Project project;
    private final StateReader state;

    Regrid(Project project, StateReader state) {
        this.project = project;
        this.state = state;
    }

    /**
     * What would be done; nothing is changed.
     *
     * @throws PipelineException E502 if the bounds are no boundaries of both grids, E503 if it has no windows, or too many
     */
    RegridPlan plan(Node node, Scope scope) {
        Pipeline pipeline = project.pipeline(node)
                .filter(each -> each.window().isPresent())
                .orElseThrow(() ->
                        new PipelineException(ErrorCode.BAD_ARGUMENT, node.name() + " is no pipeline with windows"));
        Grid asked = pipeline.window().orElseThrow().grid();
        var grids = new Grids(project, state);
        Grid now = grids.of(pipeline);
        Window range = scope.within(
                        asked, now.start(), WindowCalendar.of(pipeline, now).dueUntil(state.now()))
                .orElseThrow(() -> new PipelineException(ErrorCode.BAD_BOUND, "no window that is due lies in there"));
        requireBoundary("--start", range.start(), now, asked);
        requireBoundary("--end", range.end(), now, asked);
        List<Window> coming =
                asked.windows(range.start(), range.end()).limit(MOST + 1).toList();
        List<Record> leaving = leaving(node, range, coming);
        if (coming.size() > MOST || leaving.size() > MOST) {
            throw new PipelineException(
                            ErrorCode.BAD_ARGUMENT, "there are more than %,d windows in there".formatted(MOST))
                    .withHint("do it in parts, with nearer --start and --end");
        }
        List<Segment> segments = segments(now, range, asked);
        List<SettledGrid> known = state.grids(project.environment(), node.name());
        return new RegridPlan(
                node, pipeline, range, now, new Grid(segments), known, Grids.asOf(known, segments), leaving, coming);
    }

    private static void requireBoundary(String option, Instant bound, Grid now, Grid asked) {
        if (now.ceiling(bound).equals(bound) && asked.ceiling(bound).equals(bound)) {
            return;
        }
        Instant earlier = bound;
        while (!now.ceiling(earlier).equals(earlier) || !asked.ceiling(earlier).equals(earlier)) {
            Instant before = earlier;
            earlier = asked.lastEndingAtOrBefore(before.minusSeconds(1))
                    .map(Window::end)
                    .orElse(asked.start());
            if (!earlier.isAfter(asked.start())) {
                break;
            }
        }
        throw new PipelineException(
                        ErrorCode.BAD_BOUND,
                        option + ": a window of " + now.everyAt(bound).text() + " and one of "
                                + asked.every().text() + " have to begin there, and at " + bound + " they do not")
                .withHint("the last place before it where both do is "
                        + earlier.atZone(asked.zone()).toLocalDateTime());
    }

    private List<Record> leaving(Node node, Window range, List<Window> coming) {
        Set<Window> stay = new HashSet<>(coming);
        var query = RecordQuery.of(project.environment())
                .pipeline(node.name())
                .between(range.start(), range.end())
                .order(RecordQuery.Order.OLDEST_WINDOW_FIRST)
                .page(MOST + coming.size() + 1, 0);
        return state.records(query).stream()
                .filter(record -> record.status() != Status.SUPERSEDED)
                .filter(record ->
                        record.window().filter(window -> !stay.contains(window)).isPresent())
                .toList();
    }

    /** The grid with the range in windows of another length; what follows the range stays as it is. */
    private static List<Segment> segments(Grid now, Window range, Grid asked) {
        List<Segment> segments = new ArrayList<>(now.segments().stream()
                .filter(segment -> segment.from().isBefore(range.start()))
                .toList());
        segments.add(new Segment(range.start(), asked.every(), asked.zone()));
        segments.add(new Segment(range.end(), now.everyAt(range.end()), now.zoneAt(range.end())));
        now.segments().stream()
                .filter(segment -> segment.from().isAfter(range.end()))
                .forEach(segments::add);
        List<Segment> merged = new ArrayList<>();
        for (Segment segment : segments) {
            boolean same = !merged.isEmpty()
                    && merged.getLast().every().equals(segment.every())
                    && merged.getLast().zone().equals(segment.zone());
            if (!same) {
                merged.add(segment);
            }
        }
        return merged;
    }

    /** Carries the plan out; the outcomes of the windows that come. */
    List<SliceOutcome> carryOut(RegridPlan plan, Session session, Copies copies) {
        var loader = new WindowLoader(session, plan.node(), plan.pipeline(), plan.grid(), copies);
        Optional<String> waiting = loader.prepare();
        if (waiting.isPresent()) {
            throw new PipelineException(ErrorCode.RECORD_LOCKED, plan.node().name() + ": " + waiting.get());
        }
        List<String> unsorted = loader.unsorted(plan.range());
        if (!unsorted.isEmpty()) {
            throw new PipelineException(
                            ErrorCode.SOURCE_CHANGED,
                            "rows of %,d files in there are kept from versions that are gone, for example %s"
                                    .formatted(unsorted.size(), unsorted.getFirst()))
                    .withHint("they can only be loaded in the windows that they are in; choose another range");
        }
        List<Slice> coming =
                plan.coming().stream().<Slice>map(Slice.OfWindow::new).toList();
        List<Slice> leaving = plan.leaving().stream().map(Record::slice).toList();
        List<SliceRequest> requests = new ArrayList<>(requests(session, loader, coming));
        var before = new WindowLoader(session, plan.node(), plan.pipeline(), plan.before(), copies);
        requests.addAll(requests(session, before, leaving));
        var claimant = new Claimant(
                Owner.current(), session.run(), loader.into().concurrency().lease());
        ClaimResult claim =
                session.state().claim(session.environment(), plan.node().name(), requests, claimant);
        if (!claim.lost().isEmpty()) {
            session.state().release(claim.won(), "others are in work");
            throw new PipelineException(
                    ErrorCode.RECORD_LOCKED,
                    "%,d of the windows are in work elsewhere, for example %s"
                            .formatted(
                                    claim.lost().size(),
                                    claim.lost().getFirst().slice().text()));
        }
        Set<Slice> asked = new HashSet<>(coming);
        List<Record> come = claim.won().stream()
                .filter(record -> asked.contains(record.slice()))
                .toList();
        List<Record> gone = claim.won().stream()
                .filter(record -> !asked.contains(record.slice()))
                .toList();
        var retirement = new Retirement(gone, new Retirement.GridChange(plan.expected(), plan.wanted()));
        return new GroupLoad(session, loader, Optional.empty()).replace(come, retirement);
    }

    private static List<SliceRequest> requests(Session session, WindowLoader loader, List<Slice> slices) {
        Map<Slice, Record> newest =
                session.state().records(session.environment(), loader.node().name(), slices);
        session.state()
                .reopen(
                        newest.values().stream()
                                .filter(record -> record.status() == Status.PENDING && record.notBefore() != null)
                                .toList(),
                        "its windows are replaced now");
        return slices.stream()
                .map(slice -> loader.wish(slice, Optional.ofNullable(newest.get(slice)), Cause.RESTATE, null)
                        .request())
                .toList();
    }
}
