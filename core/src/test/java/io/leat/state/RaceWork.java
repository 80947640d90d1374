package io.leat.state;

import io.leat.name.LoadId;
import io.leat.name.PipelineName;
import io.leat.name.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * What one process of {@link ClaimRaceTest} does: threads that claim groups of windows in random order and take what they won to its
 * end, until nothing is left. Each claim and each publication is written to the log of the process, the claims before anything else
 * is done with them; a line on the output says that a group is done.
 */
final class RaceWork {
    static final int PIPELINES = 10;
    private static final int GROUP = 40;
    private static final Duration LEASE = Duration.ofMinutes(30);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    /** Adjacent windows of a pipeline. */
    private record Group(PipelineName pipeline, int from, int to) {}

    private final StateStore store;
    private final Path log;
    private final Owner me = Owner.current();
    private final RunId run;
    private final List<Group> groups = new ArrayList<>();
    private final Set<Group> left = ConcurrentHashMap.newKeySet();

    private RaceWork(StateStore store, Path log, int windows) {
        this.store = store;
        this.log = log;
        this.run = store.startRun(StateStoreContract.DEV, "race", List.of(), me);
        for (int pipeline = 0; pipeline < PIPELINES; pipeline++) {
            for (int from = 0; from < windows / PIPELINES; from += GROUP) {
                groups.add(new Group(pipeline(pipeline), from, Math.min(windows / PIPELINES, from + GROUP)));
            }
        }
        left.addAll(groups);
    }

    static PipelineName pipeline(int number) {
        return new PipelineName("race_" + number);
    }

    /** @param arguments the log, the number of windows, the number of threads, the seed */
    static void run(StateStore store, String... arguments) throws Exception {
        var work = new RaceWork(store, Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        int threads = Integer.parseInt(arguments[2]);
        long seed = Long.parseLong(arguments[3]);
        try (var executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> all = new ArrayList<>();
            IntStream.range(0, threads)
                    .forEach(thread -> all.add(executor.submit(() -> {
                        work.toTheEnd(new Random(seed + thread));
                        return null;
                    })));
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        }
    }

    private void toTheEnd(Random random) throws IOException {
        var mine = new ArrayList<>(groups);
        Collections.shuffle(mine, random);
        while (!left.isEmpty()) {
            boolean idle = true;
            for (Group group : mine) {
                if (left.contains(group)) {
                    idle &= !goOn(group, random);
                }
            }
            if (idle) {
                LockSupport.parkNanos(PAUSE); // others hold what is left
            }
        }
    }

    /** Gives whether something was won. */
    private boolean goOn(Group group, Random random) throws IOException {
        var claim = store.claim(
                StateStoreContract.DEV,
                group.pipeline(),
                StateStoreContract.requests(group.from(), group.to()),
                new Claimant(me, run, LEASE));
        if (!claim.won().isEmpty()) {
            log("claimed", claim.won());
            finish(claim.won(), random);
            say(claim.won().size());
        }
        if (claim.lost().stream().allMatch(lost -> lost.why() == ClaimResult.Why.DONE)) {
            left.remove(group);
        }
        return !claim.won().isEmpty();
    }

    @SuppressWarnings("SystemOut")
    private static void say(int windows) {
        System.out.println(windows);
    }

    /** Whatever their last owners have left of them. Nobody takes anything from one that lives. */
    private void finish(List<Record> won, Random random) throws IOException {
        var held = store.renew(won, LEASE).orThrow();
        var staged = new ArrayList<>(in(held, Phase.STAGE_TO_TARGET));
        var unstaged = in(held, Phase.SOURCE_TO_STAGE).stream()
                .map(record -> new Staged(
                        record, StateStoreContract.staging(LoadId.at(StateStoreContract.FIRST, random), 10, 1)))
                .toList();
        if (!unstaged.isEmpty()) {
            staged.addAll(store.staged(unstaged).orThrow());
        }
        var published = new ArrayList<>(in(held, Phase.AUDIT));
        if (!staged.isEmpty()) {
            var result = store.publish(Publication.of(
                    StateStoreContract.DEV,
                    staged.stream().map(StateStoreContract::load).toList(),
                    List.of()));
            if (!(result instanceof PublishResult.Published done)) {
                throw new IllegalStateException(result.toString());
            }
            log("published", done.records());
            published.addAll(done.records());
        }
        store.completed(published.stream()
                        .map(record -> new Completion(record, 10))
                        .toList())
                .orThrow();
    }

    private static List<Record> in(List<Record> records, Phase next) {
        return records.stream()
                .filter(record -> record.nextPhase().orElseThrow() == next)
                .toList();
    }

    /** In one write: a kill leaves whole lines, or a last one without its end. */
    private synchronized void log(String what, List<Record> records) throws IOException {
        var lines = new StringBuilder();
        records.forEach(record -> lines.append(String.join(
                        " ", what, record.pipeline().value(), record.slice().text(), "" + record.token()))
                .append('\n'));
        Files.write(
                log,
                lines.toString().getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
