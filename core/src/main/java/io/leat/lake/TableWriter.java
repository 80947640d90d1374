package io.leat.lake;

import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import io.leat.name.FaultPoint;
import io.leat.name.PipelineException;
import io.leat.name.TableName;
import io.leat.schema.Fold;
import io.leat.state.Load;
import io.leat.state.NewLoad;
import io.leat.state.PointerSwap;
import io.leat.state.Publication;
import io.leat.state.PublishResult;
import io.leat.state.Record;
import io.leat.state.Retirement;
import io.leat.state.StateStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Commits changes of tables: plans on top of the current version, writes metadata, and lets one transaction of the state
 * store decide. Done: everything is visible. Lost claims: those are left out and the rest is planned anew. Pointer moved:
 * planned anew. Unknown: looked up by load id before anything else; no file is removed.
 */
final class TableWriter {
    private static final int MOST_ATTEMPTS = 100;
    private static final int MOST_UNKNOWN = 3;
    private static final long LONGEST_PAUSE = 20_000_000;

    private final Tables tables;
    private final StateStore state;
    private final Pointers pointers;
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    TableWriter(Tables tables, StateStore state, Pointers pointers) {
        this.tables = tables;
        this.state = state;
        this.pointers = pointers;
    }

    /** What a finished commit left. */
    record Written(List<Load> loads, List<Record> records, List<Record> lost) {}

    /**
     * @param changes what to do without the records of these ids, which were lost
     */
    Written write(
            DuckDb duckDb, EnvironmentName environment, TableName table, Function<Set<Long>, TableChange> changes) {
        return run(environment, table, lost -> {
            var change = changes.apply(lost);
            return Planned.of(change, () -> {
                var planned = new CommitPlanner(tables, duckDb).plan(change, tables.current(environment, table));
                return List.of(CommitPart.of(table, planned.commit()));
            });
        });
    }

    /** The same for changes, and for the table that is made of them. */
    Written write(
            FoldPlanner planner,
            EnvironmentName environment,
            TableName table,
            Function<Set<Long>, TableChange> changes) {
        return run(environment, table, lost -> {
            var change = changes.apply(lost);
            return Planned.of(change, () -> planner.plan(change));
        });
    }

    /**
     * A commit of whatever is planned on top of the current versions.
     *
     * @param parts plans anew at each call
     */
    private record Planned(
            List<NewLoad> loads, Retirement retired, List<Record> guards, Supplier<List<CommitPart>> parts) {

        static Planned of(TableChange change, Supplier<List<CommitPart>> parts) {
            return new Planned(change.loads(), change.retired(), change.guards(), parts);
        }
    }

    /** A commit that publishes nothing: maintenance. */
    void maintain(EnvironmentName environment, TableName table, PlannedOnTop planner) {
        run(
                environment,
                table,
                lost -> new Planned(List.of(), Retirement.NONE, List.of(), () -> {
                    var current = tables.current(environment, table)
                            .orElseThrow(() ->
                                    new PipelineException(ErrorCode.UNKNOWN_NAME, "the table " + table + " is gone"));
                    return List.of(new CommitPart(table, current.metadataLocation(), planner.plan(current)));
                }));
    }

    /** Plans a commit on top of a table that exists. */
    @FunctionalInterface
    interface PlannedOnTop {
        PreparedCommit plan(LakeTable current);
    }

    private Written run(EnvironmentName environment, TableName table, Function<Set<Long>, Planned> plans) {
        // within a process nobody need lose the compare-and-swap
        var lock =
                locks.computeIfAbsent(environment + "/" + Fold.madeOf(table).orElse(table), _ -> new ReentrantLock());
        lock.lock();
        try {
            return attempts(environment, table, plans);
        } finally {
            lock.unlock();
        }
    }

    private Written attempts(EnvironmentName environment, TableName table, Function<Set<Long>, Planned> plans) {
        Map<Long, Record> lost = new LinkedHashMap<>();
        PipelineException unknown = null;
        int unknowns = 0;
        Set<TableName> swapped = new LinkedHashSet<>();
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            var planned = plans.apply(lost.keySet());
            if (planned.loads().isEmpty() && planned.guards().isEmpty() && !lost.isEmpty()) {
                return new Written(List.of(), List.of(), List.copyOf(lost.values()));
            }
            if (unknown != null) {
                var done = lookUp(planned, unknown);
                if (done.isPresent()) {
                    swapped.forEach(each -> pointers.write(environment, each));
                    return new Written(done.get().loads(), done.get().records(), List.copyOf(lost.values()));
                }
            }
            List<CommitPart> parts = planned.parts().get().stream()
                    .filter(part -> !part.commit().changesNothing())
                    .toList();
            swapped.addAll(parts.stream().map(CommitPart::table).toList());
            switch (attempt(environment, planned, parts)) {
                case PublishResult.Published done -> {
                    FaultPoint.LAKE_COMMITTED.reached();
                    swapped.forEach(each -> pointers.write(environment, each));
                    return new Written(done.loads(), done.records(), List.copyOf(lost.values()));
                }
                case PublishResult.LostFences fenced -> fenced.lost().forEach(record -> lost.put(record.id(), record));
                case PublishResult.PointerMoved moved -> pause(attempt);
                case PublishResult.Unknown answerless -> {
                    unknown = answerless.cause();
                    if (++unknowns == MOST_UNKNOWN) {
                        throw unknownOutcome(unknown);
                    }
                }
            }
        }
        throw new PipelineException(
                ErrorCode.COMMIT_CONFLICT,
                table + " was changed by others " + MOST_ATTEMPTS + " times while this commit was prepared");
    }

    private PublishResult attempt(EnvironmentName environment, Planned planned, List<CommitPart> parts) {
        if (parts.isEmpty()) {
            return planned.loads().isEmpty()
                    ? new PublishResult.Published(List.of(), List.of())
                    : state.publish(
                            new Publication(environment, planned.loads(), planned.retired(), List.of(), List.of()));
        }
        return commit(
                parts,
                List.of(),
                swaps -> state.publish(
                        new Publication(environment, planned.loads(), planned.retired(), planned.guards(), swaps)));
    }

    /** Writes the metadata of one table after the other, each within the commit of the one before; all pointers move at once. */
    private PublishResult commit(
            List<CommitPart> parts, List<PointerSwap> swaps, Function<List<PointerSwap>, PublishResult> publication) {
        if (parts.isEmpty()) {
            return publication.apply(swaps);
        }
        var part = parts.getFirst();
        return CommitRun.of(part.commit(), tables.io(), location -> {
            List<PointerSwap> all = new ArrayList<>(swaps);
            all.add(new PointerSwap(part.table(), part.from(), location));
            return commit(parts.subList(1, parts.size()), all, publication);
        });
    }

    /** Whether the commit of unknown outcome took place; what has no loads is planned anew, and then finds its files. */
    private Optional<PublishResult.Published> lookUp(Planned planned, PipelineException unknown) {
        List<Load> loads = new ArrayList<>();
        List<Record> records = new ArrayList<>();
        try {
            for (NewLoad load : planned.loads()) {
                state.loadById(load.loadId()).ifPresent(loads::add);
                state.record(load.record().id()).ifPresent(records::add);
            }
        } catch (PipelineException unreachable) {
            unknown.addSuppressed(unreachable);
            throw unknownOutcome(unknown);
        }
        return loads.isEmpty() ? Optional.empty() : Optional.of(new PublishResult.Published(loads, records));
    }

    private static PipelineException unknownOutcome(PipelineException unknown) {
        return new PipelineException(
                        ErrorCode.COMMIT_UNKNOWN,
                        "the state store did not say whether the commit took place: " + unknown.message(),
                        unknown)
                .withHint("run again: the loads are looked up before anything is loaded");
    }

    private static void pause(int attempt) {
        LockSupport.parkNanos(
                ThreadLocalRandom.current().nextLong(1, Math.min(LONGEST_PAUSE, 1_000_000L * attempt) + 1));
    }
}
