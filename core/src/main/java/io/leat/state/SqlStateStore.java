package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import io.leat.name.LoadId;
import io.leat.name.PipelineName;
import io.leat.name.RunId;
import io.leat.name.TableName;
import io.leat.time.IntervalSet;
import io.leat.time.Slice;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** State in any SQL database: each method one transaction over the tables that it needs. */
final class SqlStateStore implements StateStore {
    private final Database database;
    private final Owner here;
    private final String storeId;
    private final Publisher publisher;

    SqlStateStore(Database database) {
        this.database = database;
        this.here = Owner.current();
        this.storeId = database.read(session -> session.one("SELECT store_id FROM store", Row::text)
                .orElseThrow(() -> new SQLException("the store has lost its identity")));
        this.publisher = new Publisher(database, storeId);
    }

    @Override
    public String storeId() {
        return storeId;
    }

    @Override
    public Instant now() {
        return database.read(Session::now);
    }

    // runs

    @Override
    public RunId startRun(EnvironmentName environment, String command, List<String> arguments, Owner owner) {
        return database.write(
                Effect.RUN,
                session -> new RunTable(session).start(environment, command, arguments, owner, session.now()));
    }

    @Override
    public void endRun(RunId run, String outcome, int exitCode) {
        database.write(Effect.RUN, session -> {
            new RunTable(session).end(run, outcome, exitCode, session.now());
            return run;
        });
    }

    @Override
    public Optional<Run> run(RunId id) {
        return database.read(session -> new RunTable(session).byId(id));
    }

    @Override
    public List<Run> runs(EnvironmentName environment, int limit, int offset) {
        return database.read(session -> new RunTable(session).newest(environment, limit, offset));
    }

    // claims

    @Override
    public ClaimResult claim(
            EnvironmentName environment, PipelineName pipeline, List<SliceRequest> candidates, Claimant claimant) {
        Set<String> dead = Set.copyOf(deadOwners(environment));
        return database.write(
                Effect.CLAIM,
                session -> new Claims(session, storeId, dead).claim(environment, pipeline, candidates, claimant));
    }

    @Override
    public Record refuse(
            EnvironmentName environment,
            PipelineName pipeline,
            SliceRequest request,
            RunId run,
            ErrorCode code,
            String reason) {
        Set<String> dead = Set.copyOf(deadOwners(environment));
        return database.write(
                Effect.CLAIM,
                session -> new Claims(session, storeId, dead)
                        .refuse(environment, pipeline, request, new Claimant(here, run, Duration.ZERO), code, reason));
    }

    /** Outside of any transaction that writes: it looks at processes. */
    private List<String> deadOwners(EnvironmentName environment) {
        return database.read(session -> new RecordSelect(session).owners(environment)).stream()
                .filter(owner -> Owner.parse(owner).isDeadOn(here.host(), here.boot()))
                .toList();
    }

    @Override
    public Written renew(Collection<Record> records, Duration lease) {
        return change(
                Effect.RENEW,
                List.copyOf(records),
                record -> record,
                (changes, record) -> changes.renewed(record, lease));
    }

    @Override
    public Written release(Collection<Record> records, String reason) {
        return change(
                Effect.RELEASED,
                List.copyOf(records),
                record -> record,
                (changes, record) -> changes.released(record, reason));
    }

    @Override
    public List<Record> sweep(EnvironmentName environment) {
        List<String> dead = deadOwners(environment);
        return database.write(Effect.SWEEP, session -> new Sweep(session, storeId, environment, dead).run());
    }

    // phases

    @Override
    public Written staged(List<Staged> staged) {
        return change(
                Effect.STAGED, staged, Staged::record, (changes, one) -> changes.staged(one.record(), one.staging()));
    }

    @Override
    public PublishResult publish(Publication publication) {
        return publisher.publish(publication);
    }

    @Override
    public Written completed(List<Completion> completions) {
        return database.write(Effect.COMPLETED, session -> {
            var written = changed(session, completions, Completion::record, RecordChange::completed);
            var loads = new LoadTable(session);
            for (var record : written.updated()) {
                if (record.staging() != null) {
                    loads.endQuarantine(record.staging().loadId());
                }
            }
            return written;
        });
    }

    @Override
    public Written violated(List<Violation> violations) {
        return database.write(Effect.FAILED, session -> {
            var loads = new LoadTable(session);
            Instant now = session.now();
            return changed(session, violations, Violation::record, (changes, violation) -> {
                var audited = changes.violated(violation);
                if (audited.isEmpty()) {
                    return audited;
                }
                var load = loads.byToken(violation.record().token());
                if (load.isEmpty() && audited.get().staging() != null) {
                    load = loads.byId(audited.get().staging().loadId());
                }
                if (load.isPresent()) {
                    loads.quarantine(load.get().loadId(), violation.reason(), now);
                }
                return changes.failed(new Failure(audited.get(), violation.code(), violation.reason(), null));
            });
        });
    }

    @Override
    public Written skipped(List<Skip> skips) {
        return change(Effect.SKIPPED, skips, Skip::record, RecordChange::skipped);
    }

    @Override
    public Written failed(List<Failure> failures) {
        return change(Effect.FAILED, failures, Failure::record, RecordChange::failed);
    }

    @Override
    public List<Record> cancel(Collection<Record> records, String reason) {
        return change(
                        Effect.RELEASED,
                        List.copyOf(records),
                        record -> record,
                        (changes, record) -> changes.cancelled(record, reason))
                .updated();
    }

    @Override
    public List<Record> reopen(Collection<Record> records, String reason) {
        return change(
                        Effect.RELEASED,
                        List.copyOf(records),
                        record -> record,
                        (changes, record) -> changes.reopened(record, reason))
                .updated();
    }

    @FunctionalInterface
    private interface Change<T> {
        Optional<Record> apply(RecordChange changes, T one) throws SQLException;
    }

    private <T> Written change(
            Effect effect, List<T> ones, java.util.function.Function<T, Record> record, Change<T> change) {
        if (ones.isEmpty()) {
            return new Written(List.of(), List.of());
        }
        return database.write(effect, session -> changed(session, ones, record, change));
    }

    private static <T> Written changed(
            Session session, List<T> ones, java.util.function.Function<T, Record> record, Change<T> change)
            throws SQLException {
        var changes = new RecordChange(session);
        var updated = new ArrayList<Record>();
        var lost = new ArrayList<Record>();
        for (var one : ones) {
            var row = change.apply(changes, one);
            row.ifPresentOrElse(updated::add, () -> lost.add(record.apply(one)));
        }
        return new Written(updated, lost);
    }

    // records

    @Override
    public Optional<Record> record(long id) {
        return database.read(session -> new RecordSelect(session).byId(id));
    }

    @Override
    public Optional<Record> record(EnvironmentName environment, PipelineName pipeline, Slice slice) {
        return database.read(session -> new RecordSelect(session).latest(environment, pipeline, slice));
    }

    @Override
    public Map<Slice, Record> records(
            EnvironmentName environment, PipelineName pipeline, Collection<? extends Slice> slices) {
        return database.read(session -> new RecordSelect(session).latest(environment, pipeline, slices));
    }

    @Override
    public List<Record> recordsLabelled(EnvironmentName environment, PipelineName pipeline, String label) {
        return database.read(session -> new RecordSelect(session).labelled(environment, pipeline, label));
    }

    @Override
    public List<Record> generations(EnvironmentName environment, PipelineName pipeline, Slice slice) {
        return database.read(session -> new RecordSelect(session).generations(environment, pipeline, slice));
    }

    @Override
    public List<Record> records(RecordQuery query) {
        return database.read(session -> new RecordSelect(session).matching(query));
    }

    @Override
    public long count(RecordQuery query) {
        return database.read(session -> new RecordSelect(session).count(query));
    }

    @Override
    public List<Record> recordsOf(RunId run, int limit, int offset) {
        return database.read(session -> new RecordSelect(session).ofRun(run, limit, offset));
    }

    @Override
    public Set<Long> held(long claim) {
        return Set.copyOf(database.read(session -> new RecordSelect(session).held(claim)));
    }

    @Override
    public List<Record> claimable(EnvironmentName environment, PipelineName pipeline, int limit) {
        List<String> dead = deadOwners(environment);
        return database.read(session -> new RecordSelect(session).claimable(environment, pipeline, limit, dead));
    }

    @Override
    public IntervalSet recorded(EnvironmentName environment, PipelineName pipeline) {
        return database.read(session -> new RecordSelect(session).recorded(environment, pipeline));
    }

    @Override
    public List<WindowRun> windowRuns(EnvironmentName environment, PipelineName pipeline) {
        return database.read(session -> new RecordSelect(session).windowRuns(environment, pipeline));
    }

    @Override
    public List<PipelineCounts> counts(EnvironmentName environment) {
        return database.read(session -> new RecordSelect(session).counts(environment));
    }

    @Override
    public List<Record> lastUpdated(EnvironmentName environment) {
        return database.read(session -> new RecordSelect(session).lastUpdated(environment));
    }

    @Override
    public List<RecordEvent> events(long recordId) {
        return database.read(session -> new EventTable(session).of(recordId));
    }

    // ledger and catalog

    @Override
    public Optional<Load> load(EnvironmentName environment, PipelineName pipeline, Slice slice) {
        return database.read(session -> new LoadTable(session).published(environment, pipeline, slice));
    }

    @Override
    public Map<Slice, Load> loads(
            EnvironmentName environment, PipelineName pipeline, Collection<? extends Slice> slices) {
        return database.read(session -> new LoadTable(session).published(environment, pipeline, slices));
    }

    @Override
    public List<Load> loads(EnvironmentName environment, PipelineName pipeline) {
        return database.read(session -> new LoadTable(session).published(environment, pipeline));
    }

    @Override
    public List<Load> loads(EnvironmentName environment, TableName target) {
        return loads(environment, target, null, null);
    }

    @Override
    public List<Load> loads(
            EnvironmentName environment, TableName target, @Nullable Instant from, @Nullable Instant to) {
        return database.read(session -> new LoadTable(session).published(environment, target, from, to));
    }

    @Override
    public List<Load> quarantined(EnvironmentName environment, PipelineName pipeline) {
        return database.read(session -> new LoadTable(session).quarantined(environment, pipeline));
    }

    @Override
    public void sawSource(Collection<Load> loads, long change) {
        database.write(Effect.INDEX, session -> {
            new LoadTable(session).saw(loads.stream().map(Load::loadId).toList(), change);
            return loads;
        });
    }

    @Override
    public Optional<Load> loadById(LoadId id) {
        return database.read(session -> new LoadTable(session).byId(id));
    }

    @Override
    public List<Load> loadHistory(EnvironmentName environment, PipelineName pipeline, Slice slice) {
        return database.read(session -> new LoadTable(session).history(environment, pipeline, slice));
    }

    @Override
    public OptionalLong fence(EnvironmentName environment, PipelineName pipeline, Slice slice) {
        return database.read(session -> new FenceTable(session, storeId).token(environment, pipeline, slice));
    }

    @Override
    public List<CatalogTable> tables(EnvironmentName environment) {
        return database.read(session -> new CatalogRows(session).all(environment));
    }

    @Override
    public Optional<CatalogTable> table(EnvironmentName environment, TableName table) {
        return database.read(session -> new CatalogRows(session).table(environment, table));
    }

    // checks, source index, audit log

    @Override
    public void check(EnvironmentName environment, List<CheckResult> results) {
        if (results.isEmpty()) {
            return;
        }
        database.write(Effect.CHECKS, session -> {
            var table = new CheckTable(session);
            Instant now = session.now();
            for (var result : results) {
                table.add(environment, result, now);
            }
            return now;
        });
    }

    @Override
    public List<CheckResult> checks(long recordId) {
        return database.read(session -> new CheckTable(session).of(recordId));
    }

    @Override
    public List<CheckResult> troubledChecks(EnvironmentName environment, int limit) {
        return database.read(session -> new CheckTable(session).troubled(environment, limit));
    }

    @Override
    public void indexFiles(EnvironmentName environment, PipelineName pipeline, List<NewFileVersion> files) {
        database.write(Effect.INDEX, session -> {
            new SourceIndexTable(session).put(environment, pipeline, files, session.now());
            return files;
        });
    }

    @Override
    public List<FileStamp> files(EnvironmentName environment, PipelineName pipeline) {
        return database.read(session -> new SourceIndexTable(session).files(environment, pipeline));
    }

    @Override
    public Optional<FileVersion> file(EnvironmentName environment, PipelineName pipeline, String path) {
        return database.read(session -> new SourceIndexTable(session).file(environment, pipeline, path));
    }

    @Override
    public SourceWindows sourceWindows(EnvironmentName environment, PipelineName pipeline, Instant from, Instant to) {
        return database.read(session -> new SourceIndexTable(session).windows(environment, pipeline, from, to));
    }

    @Override
    public List<FileOutside> filesOutside(EnvironmentName environment, PipelineName pipeline) {
        return database.read(session -> new SourceIndexTable(session).outside(environment, pipeline));
    }

    @Override
    public List<String> paths(EnvironmentName environment, PipelineName pipeline, String sha256) {
        return database.read(session -> new SourceIndexTable(session).paths(environment, pipeline, sha256));
    }

    @Override
    public List<ChangedWindow> changedWindows(ChangedQuery query, @Nullable Instant after, int limit) {
        return database.read(session -> new ChangedWindowTable(session).page(query, after, limit));
    }

    @Override
    public long countChangedWindows(ChangedQuery query) {
        return database.read(session -> new ChangedWindowTable(session).count(query));
    }

    @Override
    public List<SettledGrid> grids(EnvironmentName environment, PipelineName pipeline) {
        return database.read(session -> new GridTable(session).all(environment, pipeline));
    }

    @Override
    public boolean settleGrids(
            EnvironmentName environment, PipelineName pipeline, List<SettledGrid> expected, List<SettledGrid> wanted) {
        return database.write(
                Effect.INDEX,
                session -> new GridTable(session).replace(environment, pipeline, expected, wanted, session.now()));
    }

    @Override
    public void audit(
            EnvironmentName environment,
            @Nullable RunId run,
            String action,
            String object,
            @Nullable String before,
            @Nullable String after) {
        String who = System.getProperty("user.name", "unknown");
        database.write(Effect.RUN, session -> {
            var entry = new AuditEntry(session.now(), who, run, environment, action, object, before, after);
            new AuditTable(session).add(entry);
            return entry;
        });
    }

    @Override
    public List<AuditEntry> auditLog(EnvironmentName environment, int limit, int offset) {
        return database.read(session -> new AuditTable(session).newest(environment, limit, offset));
    }

    @Override
    public void close() {
        database.close();
    }
}
