package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import io.leat.name.LoadId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is old and not needed goes; what is live, newest or published stays whatever its age. */
abstract class PurgeContract extends StateStoreContract {
    private static final Duration AGE = Duration.ofDays(100);

    abstract StateKeeper keeper();

    private Purged purge(Duration olderThan, int atMost) {
        try (var keeper = keeper()) {
            Instant before = keeper.now().minus(olderThan);
            Purged expected = keeper.purgeable(DEV, before);
            Purged done = keeper.purge(DEV, before, atMost);
            assertThat(done).as("what was foreseen").isEqualTo(expected);
            return done;
        }
    }

    /** Everything until then happened so long ago. */
    private void longAgo(Runnable events) {
        var now = store;
        store = opened(AGE.negated());
        events.run();
        store = now;
    }

    private void check(Record record) {
        store.check(DEV, List.of(new CheckResult(record.id(), 0, "enough", Verdict.PASS, "1", "> 0", "fine", FIRST)));
    }

    @Test
    void deletesGenerationsThatAreNeitherNewestNorPublishedWithAllThatIsTheirs() {
        longAgo(() -> {
            var run = store.startRun(DEV, "run", List.of(), ME);
            store.endRun(run, "done", 0);
            var first = store.release(List.of(claimed(request(0))), "interrupted")
                    .orThrow()
                    .getFirst();
            check(first);
            completed(request(0));
            completed(request(0, Cause.LATE, 1));
            completed(request(1));
            store.audit(DEV, run, "restate", "trips", null, null);
        });
        var windows = store.windowRuns(DEV, TRIPS);
        var loads = store.loads(DEV, TRIPS);

        assertThat(purge(Duration.ofDays(90), 100)).isEqualTo(new Purged(1, 1, 1, 1, 1, 2));

        assertThat(store.generations(DEV, TRIPS, hour(0)))
                .extracting(Record::generation)
                .containsExactly(2);
        assertThat(store.windowRuns(DEV, TRIPS)).as("nothing is due again").isEqualTo(windows);
        assertThat(store.loads(DEV, TRIPS)).isEqualTo(loads);
        assertThat(store.loadHistory(DEV, TRIPS, hour(0))).hasSize(1);
        assertThat(claim(request(0), request(1)).lost())
                .extracting(ClaimResult.Lost::why)
                .containsExactly(ClaimResult.Why.DONE, ClaimResult.Why.DONE);
        assertThat(store.fence(DEV, TRIPS, hour(0))).isPresent();
        assertThat(store.auditLog(DEV, 10, 0))
                .extracting(AuditEntry::action)
                .contains("state purge")
                .doesNotContain("restate");
        assertThat(purge(Duration.ofDays(90), 100).isNothing()).as("again").isTrue();
    }

    @Test
    void keepsTheGenerationWhoseRowsReadersSeeAlthoughALaterOneFailed() {
        longAgo(() -> {
            completed(request(0));
            store.failed(new Failure(claimed(request(0, Cause.LATE, 1)), ErrorCode.CHECK_FAILED, "bad", null));
        });

        assertThat(purge(Duration.ofDays(90), 100).records()).isZero();

        assertThat(store.generations(DEV, TRIPS, hour(0))).hasSize(2);
        assertThat(store.load(DEV, TRIPS, hour(0))).isPresent();
    }

    @Test
    void keepsWhatIsLiveAndWhatIsNotOldEnough() {
        longAgo(() -> claimed(request(0)));
        completed(request(1));
        completed(request(1, Cause.LATE, 1));
        store.audit(DEV, null, "restate", "trips", null, null);

        assertThat(purge(Duration.ofDays(90), 100).isNothing()).isTrue();
        assertThat(store.record(DEV, TRIPS, hour(0)).orElseThrow().status()).isEqualTo(Status.IN_PROGRESS);
    }

    @Test
    void keepsRunsThatARecordNamesAndThoseThatHaveNotEnded() {
        longAgo(() -> {
            var loading = store.startRun(DEV, "run", List.of(), ME);
            store.claim(DEV, TRIPS, requests(0, 1), new Claimant(ME, loading, LEASE));
            store.endRun(loading, "failed", 1);
            store.startRun(DEV, "worker", List.of(), FAR);
        });

        assertThat(purge(Duration.ofDays(90), 100).runs()).isZero();
        assertThat(store.runs(DEV, 10, 0)).hasSize(3);
    }

    @Test
    void deletesAllInStepsOfAnySize() {
        longAgo(() -> {
            for (int slice = 0; slice < 3; slice++) {
                for (int generation = 0; generation < 4; generation++) {
                    completed(request(slice, Cause.RESTATE, generation));
                }
            }
        });

        assertThat(purge(Duration.ofDays(90), 2)).isEqualTo(new Purged(9, 0, 0, 9, 0, 0));
        assertThat(store.loads(DEV, TRIPS)).hasSize(3);
    }

    @Test
    void leavesOtherEnvironmentsAlone() {
        longAgo(() -> store.audit(new EnvironmentName("prod"), null, "restate", "trips", null, null));

        assertThat(purge(Duration.ofDays(90), 100).isNothing()).isTrue();
    }

    @Test
    void goesOnWhileOthersLoad() throws Exception {
        var loaded = new AtomicInteger();
        var tasks = IntStream.range(0, 4)
                .<Callable<Integer>>mapToObj(slice -> () -> {
                    for (int generation = 0; generation < 8; generation++) {
                        load(slice, generation);
                        loaded.incrementAndGet();
                    }
                    return slice;
                })
                .toList();
        try (var executor = Executors.newFixedThreadPool(4);
                var keeper = keeper()) {
            var results = tasks.stream().map(executor::submit).toList();
            Purged purged = Purged.NOTHING;
            while (loaded.get() < 32 && results.stream().noneMatch(result -> result.state() == Future.State.FAILED)) {
                purged = purged.plus(keeper.purge(DEV, keeper.now().plusSeconds(3600), 3));
            }
            for (var result : results) {
                result.get();
            }
            purged = purged.plus(keeper.purge(DEV, keeper.now().plusSeconds(3600), 3));
            assertThat(purged.records()).isEqualTo(28);
            assertThat(purged.loads()).isEqualTo(28);
        }
        for (int slice = 0; slice < 4; slice++) {
            assertThat(store.generations(DEV, TRIPS, hour(slice)))
                    .extracting(Record::generation)
                    .containsExactly(8);
            assertThat(store.loadHistory(DEV, TRIPS, hour(slice))).hasSize(1);
        }
    }

    private void load(int slice, int generation) {
        var claimed = claimed(store, request(slice, Cause.RESTATE, generation), ME);
        var staging = staging(LoadId.at(FIRST, new SecureRandom()), 10, 1);
        var staged =
                store.staged(List.of(new Staged(claimed, staging))).orThrow().getFirst();
        store.completed(List.of(new Completion(published(staged), 10))).orThrow();
    }
}
