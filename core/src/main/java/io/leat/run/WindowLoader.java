package io.leat.run;

import io.leat.check.Answer;
import io.leat.lake.Layout;
import io.leat.lake.StagedFile;
import io.leat.name.ErrorCode;
import io.leat.name.LoadId;
import io.leat.name.PipelineException;
import io.leat.project.Node;
import io.leat.project.Pipeline;
import io.leat.schema.Accounting;
import io.leat.schema.Contract;
import io.leat.schema.StepCounts;
import io.leat.source.Copies;
import io.leat.source.WindowRows;
import io.leat.state.Cause;
import io.leat.state.FileOutside;
import io.leat.state.Record;
import io.leat.time.Grid;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Loads a pipeline window by window out of the index of its files. A file whose rows belong to no window has a slice of its
 * own, which holds nothing but their rejects.
 */
final class WindowLoader implements SliceLoader {

    private final Session session;
    private final Pipeline pipeline;
    private final Lookups lookups;
    private final PipelineStage stage;
    private final Grid grid;
    private final SourceIndex index;
    private final WindowDue due;

    WindowLoader(Session session, Node node, Pipeline pipeline, Copies copies) {
        this(session, node, pipeline, session.grids().settled(pipeline, session.state()), copies);
    }

    /** On a grid that may not be settled. */
    WindowLoader(Session session, Node node, Pipeline pipeline, Grid grid, Copies copies) {
        this.session = session;
        this.pipeline = pipeline;
        this.lookups = new Lookups(session, copies);
        this.stage = new PipelineStage(session, node, pipeline, lookups, true);
        this.grid = grid;
        this.index = new SourceIndex(session, pipeline, grid, copies);
        this.due = new WindowDue(session, this, pipeline, grid);
    }

    @Override
    public NodeTarget into() {
        return stage.into();
    }

    @Override
    public Contract contract() {
        return stage.contract(index::none);
    }

    @Override
    public Optional<String> prepare() {
        Optional<String> waiting = lookups.waiting(pipeline);
        if (waiting.isEmpty()) {
            index.refresh(due.closed());
        }
        return waiting;
    }

    /** Files whose rows in the range are in windows of another grid, and cannot be sorted anew. */
    List<String> unsorted(Window range) {
        return index.unsorted(range);
    }

    @Override
    public Due due(DueRequest request) {
        return due.due(request);
    }

    @Override
    public DueSlice wish(Slice slice, Optional<Record> newest, Cause changed, @Nullable String backfill) {
        return due.wish(slice, newest, changed, backfill);
    }

    @Override
    public Optional<Grid> grid() {
        return Optional.of(grid);
    }

    @Override
    public Map<Slice, String> sourceTokens(Collection<Slice> slices) {
        return sourceTokens(slices, sources(slices));
    }

    private Map<Slice, String> sourceTokens(Collection<Slice> slices, WindowSources sources) {
        Map<String, Long> outside = slices.stream().anyMatch(Slice.OfFile.class::isInstance) ? outside() : Map.of();
        Map<Slice, String> tokens = new HashMap<>();
        for (Slice slice : slices) {
            tokens.put(
                    slice,
                    Tokens.of(
                            switch (slice) {
                                case Slice.OfWindow(Window window) -> sources.of(window);
                                case Slice.OfFile(String sha256) ->
                                    List.of(sha256, String.valueOf(outside.getOrDefault(sha256, 0L)));
                                case Slice.All _, Slice.OfOffsets _ -> List.of();
                            }));
        }
        return tokens;
    }

    private Map<String, Long> outside() {
        return session.state().filesOutside(session.environment(), node().name()).stream()
                .collect(Collectors.toMap(FileOutside::sha256, FileOutside::rows));
    }

    private WindowSources sources(Collection<Slice> slices) {
        return WindowSources.of(session.state(), session.environment(), node().name(), slices);
    }

    @Override
    public List<StagedSlice> stage(List<Record> group) {
        List<StagedSlice> staged = new ArrayList<>();
        List<Record> windows = new ArrayList<>();
        List<Slice> slices = group.stream().map(Record::slice).toList();
        WindowSources sources = sources(slices);
        Map<Slice, String> tokens = sourceTokens(slices, sources);
        for (Record record : group) {
            if (record.slice() instanceof Slice.OfFile(String sha256)) {
                staged.add(stageFile(record, sha256, tokens));
            } else {
                windows.add(record);
            }
        }
        staged.addAll(stageWindows(windows, sources, tokens));
        return staged;
    }

    private List<StagedSlice> stageWindows(List<Record> records, WindowSources sources, Map<Slice, String> tokens) {
        if (records.isEmpty()) {
            return List.of();
        }
        Map<Record, LoadId> loads = new LinkedHashMap<>();
        List<Window> filled = new ArrayList<>();
        for (Record record : records) {
            loads.put(record, session.newLoad());
            record.window().filter(window -> sources.rows(window) > 0).ifPresent(filled::add);
        }
        PipelineStage.Result result = PipelineStage.Result.NOTHING;
        if (!filled.isEmpty()) {
            WindowRows rows = index.rows(filled, sources);
            result = stage.stage(rows, loads, Layout.BY_WINDOW);
        }
        List<StagedSlice> staged = new ArrayList<>();
        PipelineStage.Result found = result;
        loads.forEach((record, load) -> {
            Optional<Instant> key = record.window().map(Window::start);
            var codes = found.codes().getOrDefault(key, Map.of());
            var manifest = new Manifest(
                    found.files().getOrDefault(key, List.of()),
                    codes.isEmpty() ? List.of() : found.rejects(),
                    codes,
                    String.join("\n", record.window().map(sources::of).orElse(List.of())),
                    sources.seen());
            Accounting accounting = found.accounting().getOrDefault(key, Accounting.EMPTY);
            long indexed = record.window().map(sources::rows).orElse(0L);
            if (accounting.read() != indexed) {
                staged.add(StagedSlice.failed(
                        record,
                        new PipelineException(
                                ErrorCode.ACCOUNTING,
                                "the files have %,d rows for the window, %,d were read"
                                        .formatted(indexed, accounting.read()))));
                return;
            }
            staged.add(StagedSlice.of(
                    record,
                    load,
                    accounting,
                    found.sums().get(key),
                    manifest,
                    fingerprint(),
                    tokens.getOrDefault(record.slice(), "")));
        });
        return staged;
    }

    private StagedSlice stageFile(Record record, String sha256, Map<Slice, String> tokens) {
        LoadId load = session.newLoad();
        Optional<String> query = index.rejects(sha256);
        List<StagedFile> rejects = query.map(found -> session.lake()
                        .stageRejects(
                                session.duck(), session.environment(), stage.rejects(found, Map.of(record, load))))
                .orElse(List.of());
        long rows = rejects.stream().mapToLong(StagedFile::rows).sum();
        Map<String, Long> codes = new HashMap<>();
        query.ifPresent(found -> stage.codes(found).values().forEach(codes::putAll));
        var accounting =
                new Accounting(rows, 0, rows, 0, 0, 0, List.of(new StepCounts("window", rows, 0, rows, 0, 0, 0)));
        return StagedSlice.of(
                record,
                load,
                accounting,
                null,
                new Manifest(List.of(), rejects, codes, sha256, null),
                fingerprint(),
                tokens.getOrDefault(record.slice(), ""));
    }

    @Override
    public List<String> aggregates() {
        return stage.checks().aggregates();
    }

    @Override
    public List<List<Answer>> check(
            String relation, List<StagedSlice> slices, Map<Optional<Instant>, List<Long>> counted) {
        List<List<Answer>> answers = new ArrayList<>();
        List<StagedSlice> windows = slices.stream()
                .filter(slice -> slice.record().window().isPresent())
                .toList();
        var ofWindows = stage.checks()
                .ask(relation, windows.stream().map(Provenances::subject).toList(), counted)
                .iterator();
        for (StagedSlice slice : slices) {
            answers.add(slice.record().window().isPresent() ? ofWindows.next() : List.of());
        }
        return answers;
    }
}
