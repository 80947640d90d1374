package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineName;
import io.leat.name.RunId;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** State in any SQL database: each method that writes is one transaction over the tables that it needs. */
final class SqlStateStore extends SqlStateReader implements StateStore {
    private final Publisher publisher;

    SqlStateStore(Database database) {
        super(database);
        this.publisher = new Publisher(database, storeId());
    }

    @Override
    public RunId startRun(EnvironmentName environment, String command, List<String> arguments, Owner owner) {
        return database.write(Effect.RUN, session -> {
            RunId run = new RunTable(session).start(environment, command, arguments, owner, session.now());
            new AuditTable(session).note(environment, run, command, run.value(), null, String.join(" ", arguments));
            return run;
        });
    }

    @Override
    public void endRun(RunId run, String outcome, int exitCode) {
        database.write(Effect.RUN, session -> {
            new RunTable(session).end(run, outcome, exitCode, session.now());
            return run;
        });
    }

    @Override
    public ClaimResult claim(
            EnvironmentName environment, PipelineName pipeline, List<SliceRequest> candidates, Claimant claimant) {
        Set<String> dead = Set.copyOf(deadOwners(environment));
        return database.write(
                Effect.CLAIM,
                session -> new Claims(session, storeId(), dead).claim(environment, pipeline, candidates, claimant));
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
                session -> new Claims(session, storeId(), dead)
                        .refuse(environment, pipeline, request, new Claimant(here, run, Duration.ZERO), code, reason));
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
        return database.write(Effect.SWEEP, session -> new Sweep(session, storeId()).run(environment, dead));
    }

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
    public List<Record> supersede(Collection<Record> records, String reason) {
        return change(
                        Effect.RELEASED,
                        List.copyOf(records),
                        record -> record,
                        (changes, record) -> changes.superseded(record, reason))
                .updated();
    }

    @Override
    public List<Record> takeAway(Collection<Record> records, String reason) {
        return database.write(
                Effect.SWEEP, session -> new Sweep(session, storeId()).takeAway(List.copyOf(records), reason));
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
        if (ones.size() > 1) {
            new RecordSelect(session).lock(ones.stream().map(record).toList());
        }
        var changes = new RecordChange(session);
        var updated = new ArrayList<Record>();
        var lost = new ArrayList<Record>();
        for (var one : ones) {
            var row = change.apply(changes, one);
            row.ifPresentOrElse(updated::add, () -> lost.add(record.apply(one)));
        }
        return new Written(updated, lost);
    }

    @Override
    public void sawSource(Collection<Load> loads, long change) {
        database.write(Effect.INDEX, session -> {
            new LoadTable(session).saw(loads.stream().map(Load::loadId).toList(), change);
            return loads;
        });
    }

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
    public void indexFiles(EnvironmentName environment, PipelineName pipeline, List<NewFileVersion> files) {
        database.write(Effect.INDEX, session -> {
            new SourceIndexTable(session).put(environment, pipeline, files, session.now());
            return files;
        });
    }

    @Override
    public boolean settleGrids(
            EnvironmentName environment, PipelineName pipeline, List<SettledGrid> expected, List<SettledGrid> wanted) {
        return database.write(
                Effect.INDEX,
                session -> new GridTable(session).replace(environment, pipeline, expected, wanted, session.now()));
    }

    @Override
    public Backfill startBackfill(Backfill wanted) {
        return database.write(Effect.RUN, session -> {
            Instant now = session.now();
            var backfill = new Backfill(
                    "b" + RunId.at(now, new SecureRandom()).value(),
                    wanted.environment(),
                    wanted.kind(),
                    wanted.reprocess(),
                    Backfill.Stage.RUNNING,
                    wanted.newestFirst(),
                    wanted.maxActive(),
                    wanted.who(),
                    now,
                    null,
                    wanted.ranges());
            new BackfillTable(session).add(backfill, now);
            return backfill;
        });
    }

    @Override
    public boolean changeBackfill(String id, Backfill.Stage stage) {
        return database.write(Effect.RUN, session -> new BackfillTable(session).change(id, stage, session.now()));
    }

    @Override
    public void audit(
            EnvironmentName environment,
            @Nullable RunId run,
            String action,
            String object,
            @Nullable String before,
            @Nullable String after) {
        database.write(
                Effect.RUN, session -> new AuditTable(session).note(environment, run, action, object, before, after));
    }

    @Override
    public void close() {
        database.close();
    }
}
