package io.leat.target.postgres;

import io.leat.connection.PostgresConnection;
import io.leat.lake.DuckDb;
import io.leat.lake.Lake;
import io.leat.lake.Layout;
import io.leat.lake.Published;
import io.leat.lake.SliceLoad;
import io.leat.lake.StagedFile;
import io.leat.lake.WriteMode;
import io.leat.name.EnvironmentName;
import io.leat.name.LoadId;
import io.leat.name.PipelineName;
import io.leat.name.TableName;
import io.leat.schema.AuditLevel;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.Limit;
import io.leat.schema.Sums;
import io.leat.state.NewLoad;
import io.leat.state.Phase;
import io.leat.state.PostgresDoor;
import io.leat.state.Record;
import io.leat.state.Retirement;
import io.leat.state.StateStore;
import io.leat.target.Entering;
import io.leat.target.Target;
import io.leat.target.TargetSpec;
import io.leat.time.Slice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A table of PostgreSQL. Its rows, its ledger and its fences change in one transaction of that database; the state store learns of it
 * afterwards, and what it did not learn is entered by whoever claims the slice next.
 */
public final class PostgresTarget implements Target {
    private final TargetSpec spec;
    private final EnvironmentName environment;
    private final Lake lake;
    private final StateStore state;
    private final Patience patience;
    private final FencedDatabase database;
    private final TablePreparation tables;
    private final Entering entering;
    private final Map<Slice, TargetLedger.Entry> found = new HashMap<>();

    public PostgresTarget(
            TargetSpec spec, PostgresConnection connection, EnvironmentName environment, Lake lake, StateStore state) {
        this(spec, connection, environment, lake, state, Patience.USUAL);
    }

    PostgresTarget(
            TargetSpec spec,
            PostgresConnection connection,
            EnvironmentName environment,
            Lake lake,
            StateStore state,
            Patience patience) {
        this.spec = spec;
        this.environment = environment;
        this.lake = lake;
        this.state = state;
        this.patience = patience;
        var door = new PostgresDoor(connection, patience.brief());
        this.database = new FencedDatabase(new TargetDatabase(door, spec.name(), patience), state.storeId());
        this.tables = new TablePreparation(spec, new TableState.Owner(state.storeId(), environment), database);
        this.entering = new Entering(state, environment);
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public WriteMode write() {
        return spec.write();
    }

    private TableName table() {
        return spec.table();
    }

    @Override
    public Optional<Limit> limit(Column column) {
        return Limits.of(column);
    }

    @Override
    public void raise(Collection<Record> claimed) {
        long token = claimed.stream().mapToLong(Record::token).min().orElseThrow();
        String name =
                "leat %d-%08x".formatted(token, ThreadLocalRandom.current().nextInt());
        List<TargetLedger.Entry> entries = database.raise(name, claimed, ledger -> {
            Record first = claimed.iterator().next();
            return ledger.published(
                    environment,
                    first.pipeline(),
                    claimed.stream().map(Record::slice).toList());
        });
        found.clear();
        entries.forEach(entry -> found.put(entry.slice(), entry));
    }

    @Override
    public List<Record> enterPublished(Collection<Record> claimed) {
        List<NewLoad> unknown = new ArrayList<>();
        for (Record record : claimed) {
            TargetLedger.Entry entry = found.get(record.slice());
            if (entry != null
                    && entry.generation() == record.generation()
                    && entry.target().equals(name())
                    && !record.completed(Phase.STAGE_TO_TARGET)
                    && state.loadById(entry.loadId()).isEmpty()) {
                unknown.add(newLoad(record, entry));
            }
        }
        Map<Long, Record> now = new LinkedHashMap<>();
        claimed.forEach(record -> now.put(record.id(), record));
        entering.enter(unknown, Retirement.NONE).records().forEach(record -> now.put(record.id(), record));
        return List.copyOf(now.values());
    }

    private static NewLoad newLoad(Record record, TargetLedger.Entry entry) {
        return new NewLoad(
                record,
                entry.loadId(),
                entry.target(),
                entry.rows(),
                entry.rejected(),
                entry.sums(),
                entry.sourceToken(),
                entry.fingerprint(),
                entry.inputs(),
                entry.sourceSeen());
    }

    @Override
    public List<StagedFile> stage(DuckDb duck, Contract contract, String select, Layout layout) {
        tables.requireFit(contract);
        return lake.stageApart(duck, environment, table(), contract, tables.own(), select, layout);
    }

    @Override
    public Published publish(DuckDb duck, Contract contract, List<SliceLoad> loads) {
        return replace(duck, contract, loads, Retirement.NONE);
    }

    @Override
    public Published replace(DuckDb duck, Contract contract, List<SliceLoad> loads, Retirement retired) {
        List<Record> records = loads.stream().map(SliceLoad::record).toList();
        var place = tables.prepare(contract, records);
        var publishing = new Publishing(state, place, duck, loads, retired, patience);
        Publishing.Outcome outcome = database.publish(publishing.records(), publishing::run);
        Published entered = entering.enter(
                outcome.published().stream().map(load -> load.newLoad(name())).toList(), retired);
        List<Record> lost = new ArrayList<>(outcome.lost());
        lost.addAll(entered.lost());
        return new Published(entered.loads(), entered.records(), lost, null);
    }

    @Override
    public void forget(Collection<StagedFile> files) {
        lake.discard(environment, files);
    }

    @Override
    public Map<Slice, Long> recount(DuckDb duck, PipelineName pipeline, Collection<? extends Slice> slices) {
        return database.read(session -> {
            Map<Slice, Long> none = new LinkedHashMap<>();
            slices.forEach(slice -> none.put(slice, 0L));
            if (!new TableCatalog(session).read(tables.loaded()).hasProvenance()) {
                return none;
            }
            session.lasting();
            return new TableRows(session, tables.loaded(), pipeline).count(slices);
        });
    }

    @Override
    public Optional<String> version() {
        return Optional.empty();
    }

    @Override
    public Map<Slice, Sums> sums(
            DuckDb duck,
            PipelineName pipeline,
            Collection<? extends Slice> slices,
            List<String> columns,
            AuditLevel level) {
        return database.read(session -> {
            TableState now = new TableCatalog(session).read(tables.loaded());
            Contract contract = now.registration()
                    .map(known -> TableChanges.contract(known.columns()).only(columns))
                    .orElse(new Contract(List.of()));
            if (!now.hasProvenance()) {
                Map<Slice, Sums> none = new LinkedHashMap<>();
                slices.forEach(slice -> none.put(slice, new Sums(0, Map.of())));
                return none;
            }
            session.lasting();
            return new TableRows(session, tables.loaded(), pipeline).sums(slices, contract, level);
        });
    }

    @Override
    public Map<Slice, Long> unentered(PipelineName pipeline, Collection<? extends Slice> slices) {
        if (write().replaces()) {
            return Map.of();
        }
        Map<Slice, Map<LoadId, Long>> history = database.read(session -> LedgerSchema.isMissing(session)
                ? Map.<Slice, Map<LoadId, Long>>of()
                : new TargetLedger(session, state.storeId()).history(environment, pipeline, name(), slices));
        Map<Slice, Long> rows = new HashMap<>();
        history.forEach((slice, loads) -> loads.forEach((load, count) -> {
            if (state.loadById(load).isEmpty()) {
                rows.merge(slice, count, Long::sum);
            }
        }));
        return rows;
    }

    @Override
    public Optional<String> adopt() {
        return tables.adopt();
    }
}
