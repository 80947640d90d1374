package io.leat.run;

import io.leat.check.Answer;
import io.leat.lake.Layout;
import io.leat.name.ErrorCode;
import io.leat.name.LoadId;
import io.leat.name.PipelineException;
import io.leat.project.Node;
import io.leat.project.Pipeline;
import io.leat.schema.Accounting;
import io.leat.schema.Contract;
import io.leat.source.Copies;
import io.leat.source.FileRows;
import io.leat.source.SourceFile;
import io.leat.state.Cause;
import io.leat.state.Load;
import io.leat.state.Record;
import io.leat.time.Grid;
import io.leat.time.Slice;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Loads a pipeline whose source is one slice, {@code all}. */
final class PipelineLoader implements SliceLoader {

    private final Session session;
    private final Pipeline pipeline;
    private final Copies copies;
    private final Lookups lookups;
    private final PipelineStage stage;

    PipelineLoader(Session session, Node node, Pipeline pipeline, Copies copies) {
        this.session = session;
        this.pipeline = pipeline;
        this.copies = copies;
        this.lookups = new Lookups(session, copies);
        this.stage = new PipelineStage(session, node, pipeline, lookups, false);
    }

    @Override
    public NodeTarget into() {
        return stage.into();
    }

    @Override
    public Contract contract() {
        return stage.contract(() -> rows(files()));
    }

    private List<SourceFile> files() {
        return pipeline.source().list(session.project().root());
    }

    private FileRows rows(List<SourceFile> files) {
        return FileRows.open(session.duck(), pipeline.source(), files, copies, List.of());
    }

    @Override
    public Optional<String> prepare() {
        return lookups.waiting(pipeline);
    }

    @Override
    public Due due(DueRequest request) {
        Slice slice = new Slice.All();
        Optional<Record> newest = session.state().record(session.environment(), node().name(), slice);
        Optional<String> untimely = newest.flatMap(record -> untimely(record, request));
        if (untimely.isPresent()) {
            return Due.nothing(untimely.get());
        }
        String token = token(files());
        Optional<String> settled = newest.flatMap(record -> settled(record, request, token));
        if (settled.isPresent()) {
            return Due.nothing(settled.get());
        }
        return Due.of(List.of(wish(slice, newest, Cause.CHANGED, null).request()));
    }

    @Override
    public DueSlice wish(Slice slice, Optional<Record> newest, Cause changed, @Nullable String backfill) {
        String source = String.join(", ", pipeline.source().patterns());
        return DueSlice.of(new Wish(source, target().name(), newest, changed, backfill).of(slice));
    }

    @Override
    public Optional<Grid> grid() {
        return Optional.empty();
    }

    /** Why it is not the time to look at the source again, by the schedule. */
    private Optional<String> untimely(Record newest, DueRequest request) {
        var schedule = pipeline.execution().schedule();
        if (schedule.isEmpty()
                || request.occasion() == DueRequest.Occasion.NAMED
                || newest.status().live()) {
            return Optional.empty();
        }
        ZoneId zone = pipeline.zone(session.project().settings().defaults());
        Instant now = session.state().now();
        boolean fired = schedule.get()
                .last(now, zone)
                .filter(fire -> newest.updated().isBefore(fire))
                .isPresent();
        return fired
                ? Optional.empty()
                : Optional.of("waiting: the schedule " + schedule.get() + " comes at "
                        + schedule.get().next(now, zone) + "; `leat run " + node().name() + "` loads it now");
    }

    /** Why there is nothing to do, although it is the time. */
    private Optional<String> settled(Record newest, DueRequest request, String token) {
        if (newest.status().done()) {
            Map<Slice, Load> loads =
                    session.state().loads(session.environment(), node().name(), List.of(newest.slice()));
            boolean same = !new RowCount(session, this)
                    .unchanged(loads, Map.of(newest.slice(), token))
                    .isEmpty();
            return same
                    ? Optional.of("skipped: %,d rows in source and target, same checksum"
                            .formatted(Objects.requireNonNull(loads.get(newest.slice()))
                                    .rows()))
                    : Optional.empty();
        }
        return Requests.tried(newest, request, this, token) ? Optional.empty() : Optional.of(Requests.untried(newest));
    }

    @Override
    public Map<Slice, String> sourceTokens(Collection<Slice> slices) {
        String token = token(files());
        return slices.stream().collect(Collectors.toMap(slice -> slice, slice -> token));
    }

    private String token(List<SourceFile> files) {
        List<String> parts = new ArrayList<>();
        Instant now = Instant.now();
        for (SourceFile file : files) {
            parts.add(file.name());
            parts.add(Long.toString(file.size()));
            parts.add(session.known().checksums().of(file, now));
        }
        return Tokens.of(parts);
    }

    @Override
    public List<StagedSlice> stage(List<Record> group) {
        Record record = group.getFirst();
        LoadId load = session.newLoad();
        List<SourceFile> files = files();
        String token = token(files);
        PipelineStage.Result result = stage.stage(rows(files), Map.of(record, load), Layout.SINGLE);
        requireUnchanged(files);
        Optional<Instant> key = Optional.empty();
        var manifest = new Manifest(
                result.files().getOrDefault(key, List.of()),
                result.rejects(),
                result.codes().getOrDefault(key, Map.of()),
                files.stream().map(SourceFile::name).collect(Collectors.joining("\n")),
                null);
        return List.of(StagedSlice.of(
                record,
                load,
                result.accounting().getOrDefault(key, Accounting.EMPTY),
                result.sums().get(key),
                manifest,
                fingerprint(),
                token));
    }

    private void requireUnchanged(List<SourceFile> before) {
        Map<String, SourceFile> now = new HashMap<>();
        files().forEach(file -> now.put(file.name(), file));
        for (SourceFile file : before) {
            if (!file.equals(now.get(file.name()))) {
                throw new PipelineException(
                                ErrorCode.SOURCE_CHANGED, "the file " + file.name() + " changed while it was read")
                        .withHint("run again when it is complete");
            }
        }
    }

    @Override
    public List<String> aggregates() {
        return stage.checks().aggregates();
    }

    @Override
    public List<List<Answer>> check(
            String relation, List<StagedSlice> slices, Map<Optional<Instant>, List<Long>> counted) {
        return stage.checks()
                .ask(relation, slices.stream().map(Provenances::subject).toList(), counted);
    }
}
