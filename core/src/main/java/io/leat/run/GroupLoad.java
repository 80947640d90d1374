package io.leat.run;

import io.leat.lake.Published;
import io.leat.lake.SliceLoad;
import io.leat.lake.StagedFile;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.project.Retries;
import io.leat.state.Failure;
import io.leat.state.Load;
import io.leat.state.Phase;
import io.leat.state.Record;
import io.leat.state.Retirement;
import io.leat.state.Skip;
import io.leat.state.Staged;
import io.leat.state.Staging;
import io.leat.state.Status;
import io.leat.state.Written;
import io.leat.time.Slice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Takes claimed records through their phases together: skip what is already there, stage, check, publish the rejects, publish
 * the rows in one commit, count again. A slice that fails or is lost leaves the group; the rest goes on.
 */
final class GroupLoad {

    /** What keeps a group from being published keeps each of its slices. */
    private static final Set<ErrorCode> OF_ALL =
            Set.of(ErrorCode.DISK_FULL, ErrorCode.NETWORK, ErrorCode.TIMEOUT, ErrorCode.COMMIT_UNKNOWN);

    private final Session session;
    private final SliceLoader loader;
    private final Optional<Phase> only;
    private final Inspection inspection;
    private final RowCount counts;
    private final Map<Slice, String> tokens = new HashMap<>();

    /** @param only the only phase that records are taken through; empty: all */
    GroupLoad(Session session, SliceLoader loader, Optional<Phase> only) {
        this.session = session;
        this.loader = loader;
        this.only = only;
        this.inspection = new Inspection(session, loader);
        this.counts = new RowCount(session, loader);
    }

    /** One outcome for each record, in their order. */
    List<SliceOutcome> load(List<Record> claimed) {
        var outcomes = new GroupOutcomes();
        var heartbeat = new Heartbeat(
                session.state(), claimed, loader.into().concurrency().lease(), session.duck()::interrupt);
        try (heartbeat) {
            loader.target().raise(claimed);
            List<Record> known = loader.target().enterPublished(claimed);
            List<Record> published = new ArrayList<>();
            List<StagedSlice> ready = new ArrayList<>();
            List<Record> fresh = new ArrayList<>();
            sort(known, published, ready, fresh, outcomes);
            if (only.isEmpty()) {
                ready.addAll(stage(fresh, heartbeat, outcomes));
                ready.removeIf(slice -> heartbeat.lost(slice.record()));
                published.addAll(publish(ready, outcomes));
                audit(published, outcomes);
            } else {
                switch (only.get()) {
                    case SOURCE_TO_STAGE -> stage(fresh, heartbeat, outcomes);
                    case STAGE_TO_TARGET -> publish(ready, outcomes);
                    case AUDIT -> audit(published, outcomes);
                }
                handBack(outcomes.open(claimed), only.get(), outcomes);
            }
        } catch (PipelineException e) {
            giveUp(outcomes.open(claimed), e, outcomes);
        }
        return outcomes.inOrderOf(claimed);
    }

    /**
     * Loads windows while others leave the target, in one transaction. If one of them cannot be loaded none is, and nothing leaves.
     *
     * @param claimed those that are loaded, of the same claim as those that leave
     */
    List<SliceOutcome> replace(List<Record> claimed, Retirement retired) {
        var outcomes = new GroupOutcomes();
        List<Record> all = new ArrayList<>(claimed);
        all.addAll(retired.records());
        try (var heartbeat =
                new Heartbeat(session.state(), all, loader.into().concurrency().lease(), session.duck()::interrupt)) {
            loader.target().raise(all);
            tokens.putAll(
                    loader.sourceTokens(claimed.stream().map(Record::slice).toList()));
            List<StagedSlice> staged = stage(claimed, heartbeat, outcomes);
            if (staged.size() == claimed.size()) {
                staged.forEach(outcomes::staged);
                publishRejects(staged);
                Published published = loader.target()
                        .replace(
                                session.duck(),
                                loader.contract(),
                                staged.stream().map(this::sliceLoad).toList(),
                                retired);
                published.lost().forEach(outcomes::lost);
                audit(published.records(), outcomes);
            }
        } catch (PipelineException e) {
            giveUp(outcomes.open(claimed), e, outcomes);
        }
        List<Record> left = new ArrayList<>(outcomes.open(claimed));
        retired.records()
                .forEach(record -> session.state()
                        .record(record.id())
                        .filter(now -> now.status() == Status.IN_PROGRESS)
                        .ifPresent(left::add));
        if (!left.isEmpty()) {
            session.state().release(left, "its windows could not be replaced");
        }
        return outcomes.inOrderOf(claimed);
    }

    /** The rest is left to whoever takes them through the other phases. */
    private void handBack(List<Record> open, Phase done, GroupOutcomes outcomes) {
        if (!open.isEmpty()) {
            String reason = "taken through " + done.name().toLowerCase(Locale.ROOT) + " alone";
            Written released = session.state().release(open, reason);
            released.updated().forEach(outcomes::partly);
            released.lost().forEach(outcomes::lost);
        }
    }

    /** What is published stays so, and waits for its audit; the rest fails. */
    private void giveUp(List<Record> open, PipelineException failure, GroupOutcomes outcomes) {
        List<Record> unaudited = new ArrayList<>();
        List<StagedSlice> failing = new ArrayList<>();
        for (Record record : open) {
            Record now = session.state().record(record.id()).orElse(record);
            if (now.completed(Phase.STAGE_TO_TARGET)) {
                unaudited.add(now);
            } else {
                failing.add(StagedSlice.failed(record, failure));
            }
        }
        fail(failing, outcomes);
        if (!unaudited.isEmpty()) {
            Written released = session.state().release(unaudited, failure.told());
            released.updated().forEach(record -> outcomes.unfinished(record, failure));
            released.lost().forEach(outcomes::lost);
        }
    }

    private void sort(
            List<Record> claimed,
            List<Record> published,
            List<StagedSlice> ready,
            List<Record> fresh,
            GroupOutcomes outcomes) {
        List<Record> unpublished = new ArrayList<>();
        for (Record record : claimed) {
            (record.completed(Phase.STAGE_TO_TARGET) ? published : unpublished).add(record);
        }
        if (unpublished.isEmpty()) {
            return;
        }
        var slices = unpublished.stream().map(Record::slice).toList();
        tokens.putAll(loader.sourceTokens(slices));
        Map<Slice, Load> loads =
                session.state().loads(session.environment(), loader.node().name(), slices);
        Set<Slice> there = counts.unchanged(loads, tokens);
        List<Skip> skips = new ArrayList<>();
        for (Record record : unpublished) {
            if (there.contains(record.slice()) && !record.cause().forces()) {
                skips.add(new Skip(record, sameAs(loads.get(record.slice()))));
            } else {
                inspection
                        .resumable(record, tokens.get(record.slice()))
                        .ifPresentOrElse(ready::add, () -> fresh.add(record));
            }
        }
        if (!skips.isEmpty()) {
            Written written = session.state().skipped(skips);
            written.updated().forEach(outcomes::skipped);
            written.lost().forEach(outcomes::lost);
        }
    }

    private static String sameAs(@Nullable Load load) {
        long rows = load == null ? 0 : load.rows();
        return "%,d rows in source and target, same checksum".formatted(rows);
    }

    private List<StagedSlice> stage(List<Record> fresh, Heartbeat heartbeat, GroupOutcomes outcomes) {
        if (fresh.isEmpty()) {
            return List.of();
        }
        List<StagedSlice> staged = inspection.inspect(together(fresh, heartbeat));
        session.state()
                .check(
                        session.environment(),
                        staged.stream()
                                .flatMap(slice -> slice.checks().stream())
                                .toList());
        fail(staged, outcomes);
        List<StagedSlice> good =
                staged.stream().filter(StagedSlice::publishable).toList();
        if (good.isEmpty()) {
            return good;
        }
        Written written = session.state()
                .staged(good.stream()
                        .map(slice -> new Staged(slice.record(), slice.staged()))
                        .toList());
        written.lost().forEach(outcomes::lost);
        return withRecords(good, written.updated());
    }

    /** Together if that works; otherwise each alone, so that one that fails does not take the others along. */
    private List<StagedSlice> together(List<Record> fresh, Heartbeat heartbeat) {
        try {
            return loader.stage(fresh);
        } catch (PipelineException e) {
            if (fresh.size() == 1 || heartbeat.lostAll()) {
                return fresh.stream()
                        .map(record -> StagedSlice.failed(record, e))
                        .toList();
            }
        }
        List<StagedSlice> staged = new ArrayList<>();
        for (Record record : fresh) {
            staged.addAll(together(List.of(record), heartbeat));
        }
        return staged;
    }

    private void fail(List<StagedSlice> staged, GroupOutcomes outcomes) {
        List<Failure> failures = new ArrayList<>();
        Map<Long, StagedSlice> byId = new HashMap<>();
        for (StagedSlice slice : staged) {
            PipelineException failure = slice.failure();
            if (failure != null) {
                byId.put(slice.record().id(), slice);
                failures.add(new Failure(
                        slice.record(),
                        failure.code(),
                        failure.told(),
                        again(slice.record(), failure),
                        Requests.madeOf(loader, tokens.get(slice.record().slice()))));
            }
        }
        if (failures.isEmpty()) {
            return;
        }
        Written written = session.state().failed(failures);
        written.updated().forEach(record -> outcomes.failed(record, byId.get(record.id())));
        written.lost().forEach(outcomes::lost);
    }

    /** When to try again; null if nobody need try. */
    private @Nullable Instant again(Record record, PipelineException failure) {
        Retries retries = loader.into().retries();
        int made = record.attempt() + 1;
        return failure.code().retryable() && retries.again(made)
                ? session.state().now().plus(retries.pause(made, ThreadLocalRandom.current()))
                : null;
    }

    private List<Record> publish(List<StagedSlice> ready, GroupOutcomes outcomes) {
        if (ready.isEmpty()) {
            return List.of();
        }
        ready.forEach(outcomes::staged);
        try {
            publishRejects(ready);
            Published published = loader.target()
                    .publish(
                            session.duck(),
                            loader.contract(),
                            ready.stream().map(this::sliceLoad).toList());
            published.lost().forEach(outcomes::lost);
            return published.records();
        } catch (PipelineException e) {
            return failPublishing(ready, e, outcomes);
        }
    }

    /**
     * Whatever broke, those whose load is in the ledger are published. Of the others a group is published one by one; a slice
     * alone that cannot be published fails.
     */
    private List<Record> failPublishing(List<StagedSlice> ready, PipelineException failure, GroupOutcomes outcomes) {
        List<Record> published = new ArrayList<>();
        List<StagedSlice> open = new ArrayList<>();
        for (StagedSlice slice : ready) {
            if (session.state().loadById(slice.staged().loadId()).isPresent()) {
                session.state().record(slice.record().id()).ifPresent(published::add);
            } else {
                open.add(slice);
            }
        }
        if (open.isEmpty()) {
            return published;
        }
        if (ready.size() > 1 && !OF_ALL.contains(failure.code())) {
            open.forEach(slice -> published.addAll(publish(List.of(slice), outcomes)));
            return published;
        }
        fail(
                open.stream()
                        .map(slice -> StagedSlice.failed(slice.record(), failure))
                        .toList(),
                outcomes);
        return published;
    }

    private void publishRejects(List<StagedSlice> ready) {
        Set<StagedFile> files = new LinkedHashSet<>();
        ready.forEach(slice -> files.addAll(slice.manifest().rejects()));
        if (!files.isEmpty()) {
            session.lake()
                    .publishRejects(
                            session.duck(),
                            session.environment(),
                            List.copyOf(files),
                            ready.stream().map(StagedSlice::record).toList());
        }
    }

    private SliceLoad sliceLoad(StagedSlice slice) {
        return new SliceLoad(
                slice.record(),
                slice.staged().loadId(),
                loader.target().write(),
                slice.manifest().files(),
                slice.staged().counts().rejected(),
                slice.staged().sums(),
                slice.staged().sourceToken(),
                slice.staged().fingerprint(),
                slice.manifest().inputs(),
                slice.manifest().sourceSeen());
    }

    private void audit(List<Record> published, GroupOutcomes outcomes) {
        if (published.isEmpty()) {
            return;
        }
        RowCount.Findings findings = counts.recount(published);
        Written completed = session.state().completed(findings.passed());
        completed.updated().forEach(outcomes::completed);
        forget(completed.updated());
        completed.lost().forEach(outcomes::lost);
        if (!findings.violated().isEmpty()) {
            Written violated = session.state().violated(findings.violated());
            violated.updated().forEach(record -> outcomes.failed(record, null));
            violated.lost().forEach(outcomes::lost);
        }
    }

    /** What was staged of records that are complete. */
    private void forget(List<Record> completed) {
        List<StagedFile> files = new ArrayList<>();
        for (Record record : completed) {
            Staging staging = record.staging();
            if (staging != null) {
                files.addAll(Manifest.parse(staging.manifest()).files());
            }
        }
        loader.target().forget(files);
    }

    private static List<StagedSlice> withRecords(Collection<StagedSlice> slices, List<Record> records) {
        Map<Long, Record> byId = new HashMap<>();
        records.forEach(record -> byId.put(record.id(), record));
        List<StagedSlice> current = new ArrayList<>();
        for (StagedSlice slice : slices) {
            Record record = byId.get(slice.record().id());
            if (record != null) {
                current.add(new StagedSlice(record, slice.staging(), slice.manifest(), slice.checks(), null));
            }
        }
        return current;
    }
}
