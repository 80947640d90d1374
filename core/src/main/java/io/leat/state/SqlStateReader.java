package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.LoadId;
import io.leat.name.PipelineName;
import io.leat.name.RunId;
import io.leat.name.TableName;
import io.leat.time.IntervalSet;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads state out of any SQL database: each method one committed moment of the tables that it needs. */
abstract class SqlStateReader implements StateReader {
    final Database database;
    final Owner here;
    private final String storeId;

    SqlStateReader(Database database) {
        this.database = database;
        this.here = Owner.current();
        var identity = database.read(session -> new StoreTable(session).identity());
        identity.requireHere();
        this.storeId = identity.id();
    }

    @Override
    public String storeId() {
        return storeId;
    }

    @Override
    public Instant now() {
        return database.read(Session::now);
    }

    @Override
    public Optional<Run> run(RunId id) {
        return database.read(session -> new RunTable(session).byId(id));
    }

    @Override
    public List<Run> runs(EnvironmentName environment, int limit, int offset) {
        return database.read(session -> new RunTable(session).newest(environment, limit, offset));
    }

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
    public List<Activity> activity(EnvironmentName environment, Instant since) {
        return database.read(session -> new RecordSelect(session).activity(environment, since));
    }

    @Override
    public List<Record> lastUpdated(EnvironmentName environment) {
        return database.read(session -> new RecordSelect(session).lastUpdated(environment));
    }

    @Override
    public List<RecordEvent> events(long recordId) {
        return database.read(session -> new EventTable(session).of(recordId));
    }

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
    public long publishedRows(EnvironmentName environment, PipelineName pipeline, @Nullable Window within) {
        return database.read(session -> new LoadTable(session).rows(environment, pipeline, within));
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

    @Override
    public List<CheckResult> checks(long recordId) {
        return database.read(session -> new CheckTable(session).of(recordId));
    }

    @Override
    public List<CheckResult> troubledChecks(EnvironmentName environment, int limit) {
        return database.read(session -> new CheckTable(session).troubled(environment, limit));
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
    public Optional<Backfill> backfill(String id) {
        return database.read(session -> new BackfillTable(session).byId(id));
    }

    @Override
    public List<Backfill> backfills(EnvironmentName environment, int limit) {
        return database.read(session -> new BackfillTable(session).newest(environment, limit));
    }

    @Override
    public List<Backfill> runningBackfills(EnvironmentName environment) {
        return database.read(session -> new BackfillTable(session).running(environment));
    }

    @Override
    public List<BackfillProgress> progress(String backfill) {
        return database.read(session -> new BackfillTable(session).progress(backfill));
    }

    @Override
    public IntervalSet settledWindows(Backfill backfill, PipelineName pipeline) {
        return database.read(session -> new BackfillTable(session).settled(backfill, pipeline));
    }

    @Override
    public List<AuditEntry> auditLog(EnvironmentName environment, int limit, int offset) {
        return database.read(session -> new AuditTable(session).newest(environment, limit, offset));
    }

    @Override
    public List<Record> claimable(EnvironmentName environment, PipelineName pipeline, int limit) {
        List<String> dead = deadOwners(environment);
        return database.read(session -> new RecordSelect(session).claimable(environment, pipeline, limit, dead));
    }

    /** Outside of any transaction that writes: it looks at processes. */
    final List<String> deadOwners(EnvironmentName environment) {
        return database.read(session -> new RecordSelect(session).owners(environment)).stream()
                .filter(owner -> Owner.parse(owner).isDeadOn(here.host(), here.boot()))
                .toList();
    }
}
