package io.leat.run;

import io.leat.check.Answer;
import io.leat.check.Check;
import io.leat.check.Checks;
import io.leat.check.Severity;
import io.leat.lake.Layout;
import io.leat.lake.SqlFault;
import io.leat.lake.StagedFile;
import io.leat.model.Audit;
import io.leat.model.Bindings;
import io.leat.model.Model;
import io.leat.model.ModelKind;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.TableName;
import io.leat.project.Concurrency;
import io.leat.project.Node;
import io.leat.schema.Accounting;
import io.leat.schema.AuditLevel;
import io.leat.schema.Contract;
import io.leat.state.Cause;
import io.leat.state.Load;
import io.leat.state.Record;
import io.leat.state.SliceRequest;
import io.leat.time.Grid;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Loads a model: its query is the source, its audits are the checks. */
final class ModelLoader implements SliceLoader {

    private final Session session;
    private final Model model;
    private final ModelInputs inputs;
    private final Set<TableName> tables;
    private final NodeTarget into;
    private Optional<Contract> contract = Optional.empty();

    ModelLoader(Session session, Node node, Model model) {
        this.session = session;
        this.model = model;
        this.inputs = session.models();
        this.tables = inputs.lakeTables(model);
        this.into = new NodeTarget(
                node,
                session.targets().of(model),
                inputs.fingerprint(model),
                model.kind() instanceof ModelKind.Incremental,
                AuditLevel.SUMS,
                Concurrency.DEFAULT,
                session.project().settings().defaults().retries());
    }

    @Override
    public NodeTarget into() {
        return into;
    }

    @Override
    public Contract contract() {
        Contract known = contract.orElseGet(() -> inputs.output(model));
        contract = Optional.of(known);
        return known;
    }

    @Override
    public Optional<String> prepare() {
        String missing = tables.stream()
                .filter(table -> !inputs.isLoaded(table))
                .map(TableName::toString)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            return Optional.of("waiting: " + missing + " has not been loaded");
        }
        return switch (model.kind()) {
            case ModelKind.View _ -> Optional.of("a view: it is never filled");
            case ModelKind.Full _ -> quarantined().map(table -> "waiting: " + table + " is quarantined");
            case ModelKind.Incremental _ -> Optional.empty();
        };
    }

    @Override
    public Due due(DueRequest request) {
        return model.kind() instanceof ModelKind.Incremental ? dueWindows(request) : dueWhole(request);
    }

    private Optional<TableName> quarantined() {
        return tables.stream().filter(inputs::isQuarantined).findFirst();
    }

    private Due dueWhole(DueRequest request) {
        Slice slice = new Slice.All();
        Optional<Record> newest = session.state().record(session.environment(), node().name(), slice);
        String token = token(slice);
        if (newest.isPresent() && newest.get().status().done()) {
            Map<Slice, Load> loads = session.state().loads(session.environment(), node().name(), List.of(slice));
            boolean unchanged = !new RowCount(session, this)
                    .unchanged(loads, Map.of(slice, token))
                    .isEmpty();
            if (unchanged) {
                long rows = Objects.requireNonNull(loads.get(slice)).rows();
                return Due.nothing("up to date: %,d rows, nothing it reads has changed".formatted(rows));
            }
        } else if (newest.isPresent() && !Requests.tried(newest.get(), request, this, token)) {
            return Due.nothing(Requests.untried(newest.get()));
        }
        return Due.of(List.of(wish(slice, newest, Cause.CHANGED, null).request()));
    }

    private Due dueWindows(DueRequest request) {
        Optional<ModelCalendar> known = ModelCalendar.of(model, tables, session.project(), session.state());
        if (known.isEmpty()) {
            return Due.nothing("waiting: the model has no start, and nothing that it reads has windows");
        }
        ModelCalendar calendar = known.get();
        Instant now = ModelCalendar.wholeSeconds(session.state().now());
        Optional<Window> range = request.scope()
                .within(
                        calendar.grid(),
                        calendar.range().start(),
                        Scope.earliest(calendar.range().end(), now));
        if (range.isEmpty()) {
            return Due.nothing("nothing is due within the bounds");
        }
        List<Slice.OfWindow> windows = calendar.grid()
                .windows(range.get().start(), range.get().end())
                .map(Slice.OfWindow::new)
                .toList();
        Map<Slice, Record> records = session.state().records(session.environment(), node().name(), windows);
        Map<Slice, Load> loads = session.state().loads(session.environment(), node().name(), windows);
        List<SliceRequest> due = new ArrayList<>();
        long waiting = 0;
        for (Slice.OfWindow slice : windows) {
            Optional<Record> record = Optional.ofNullable(records.get(slice));
            boolean done = record.filter(newest -> newest.status().done()).isPresent();
            boolean wanted = record.isEmpty()
                    || (done
                            ? stale(slice, loads.get(slice))
                            : Requests.tried(record.get(), request, this, token(slice)));
            if (!wanted) {
                continue;
            }
            if (!calendar.covers(slice.window())) {
                waiting++;
                continue;
            }
            due.add(wish(slice, record, done ? Cause.CHANGED : Cause.NEW, null).request());
        }
        if (!due.isEmpty()) {
            return Due.of(due);
        }
        return Due.nothing(
                waiting > 0
                        ? "waiting: what it reads is not complete for %,d of its windows".formatted(waiting)
                        : "up to date: %,d windows are complete".formatted(windows.size()));
    }

    private boolean stale(Slice.OfWindow slice, @Nullable Load load) {
        return load == null
                || !fingerprint().equals(load.fingerprint())
                || !Objects.equals(load.sourceToken(), token(slice));
    }

    @Override
    public DueSlice wish(Slice slice, Optional<Record> newest, Cause changed, @Nullable String backfill) {
        String source = tables.stream().map(TableName::toString).sorted().collect(Collectors.joining(", "));
        var wish = new Wish(source, target().name(), newest, changed, backfill);
        return DueSlice.of(
                slice instanceof Slice.OfWindow(Window window)
                        ? wish.ofWindow(window, grid().orElseThrow(), "{}")
                        : wish.of(slice));
    }

    @Override
    public Optional<Grid> grid() {
        return session.grids().of(node());
    }

    @Override
    public Map<Slice, String> sourceTokens(Collection<Slice> slices) {
        Map<Slice, String> tokens = new HashMap<>();
        slices.forEach(slice -> tokens.put(slice, token(slice)));
        return tokens;
    }

    private String token(Slice slice) {
        return Tokens.of(loadIds(slice));
    }

    /** The loads that a slice is made of, oldest name first. */
    private List<String> loadIds(Slice slice) {
        Window window = slice instanceof Slice.OfWindow(Window own)
                ? ModelCalendar.reach(own, ModelCalendar.zones(tables, session.project(), session.state()))
                : null;
        return tables.stream()
                .sorted()
                .flatMap(table -> (window == null || session.project().isFolded(table)
                                ? session.state().loads(session.environment(), table)
                                : session.state().loads(session.environment(), table, window.start(), window.end()))
                        .stream())
                .map(load -> load.loadId().value())
                .sorted()
                .toList();
    }

    @Override
    public List<StagedSlice> stage(List<Record> group) {
        // what is written down as read must never be newer than what is read: a load in between makes the slice stale
        Map<Record, List<String>> loadIds = new HashMap<>();
        group.forEach(record -> loadIds.put(record, loadIds(record.slice())));
        Contract contract = contract();
        Map<TableName, String> relations = inputs.relations(model);
        List<StagedSlice> staged = new ArrayList<>();
        for (Record record : group) {
            try {
                staged.add(stage(record, loadIds.getOrDefault(record, List.of()), contract, relations));
            } catch (PipelineException e) {
                staged.add(StagedSlice.failed(record, explained(e)));
            }
        }
        return staged;
    }

    private StagedSlice stage(
            Record record, List<String> loadIds, Contract contract, Map<TableName, String> relations) {
        String select = Provenances.select(
                "(" + model.sql(contract, bindings(record), relations) + ")", node().name(), record.slice());
        List<StagedFile> files = target().stage(session.duck(), contract, select, Layout.SINGLE);
        long rows = files.stream().mapToLong(StagedFile::rows).sum();
        return StagedSlice.of(
                record,
                session.newLoad(),
                Accounting.allLoaded(rows),
                null,
                new Manifest(files, List.of(), Map.of(), String.join(",", loadIds), null),
                fingerprint(),
                Tokens.of(loadIds));
    }

    /** A fault of the model's query, in words that do not show the statement that was made of it; other failures as they are. */
    private PipelineException explained(PipelineException whole) {
        PipelineException failure = session.lake().explained(whole);
        if (failure.code() != ErrorCode.DUCKDB || !SqlFault.of(failure).isOfStatement()) {
            return failure;
        }
        return new PipelineException(
                ErrorCode.TRANSFORMATION,
                "the query of " + into.node().path() + " failed: "
                        + SqlFault.of(failure).message(),
                failure);
    }

    private static Bindings bindings(Record record) {
        return record.window().map(Bindings::of).orElse(Bindings.NONE).executedAt(record.created());
    }

    @Override
    public List<String> aggregates() {
        return List.of();
    }

    @Override
    public List<List<Answer>> check(
            String relation, List<StagedSlice> slices, Map<Optional<Instant>, List<Long>> counted) {
        Map<TableName, String> relations = inputs.relations(model);
        List<List<Answer>> answers = new ArrayList<>();
        for (StagedSlice slice : slices) {
            List<Check> checks = model.audits().stream()
                    .map(audit -> check(audit, bindings(slice.record()), relations))
                    .toList();
            answers.addAll(new Checks(session.duck(), checks).ask(relation, List.of(Provenances.subject(slice))));
        }
        return answers;
    }

    private static Check check(Audit audit, Bindings bindings, Map<TableName, String> relations) {
        Severity severity = switch (audit.severity()) {
            case BLOCKS -> Severity.ERROR;
            case WARNS -> Severity.WARN;
        };
        return Check.ofQuery(audit.label(), audit.sql("this", bindings, relations), severity);
    }
}
