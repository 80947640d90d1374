package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.time.Granularity;
import io.leat.time.Segment;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many threads on one store and on several openings of it. */
abstract class RacesContract {
    private static final int THREADS = 8;

    /** Opens the same store each time within one test; the first time it is yet to be made. */
    abstract StateStore open();

    private static <T> List<T> atOnce(List<Callable<T>> tasks) throws InterruptedException, ExecutionException {
        try (var executor = Executors.newFixedThreadPool(THREADS)) {
            var results = new ArrayList<T>();
            for (Future<T> future : executor.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
    }

    @Test
    void everySliceHasExactlyOneOwnerAmongManyThreads() throws Exception {
        var claimed = new ConcurrentLinkedQueue<Record>();
        try (var one = open();
                var other = open()) {
            var run = one.startRun(StateStoreContract.DEV, "race", List.of(), Owner.current());
            var tasks = IntStream.range(0, THREADS)
                    .<Callable<Integer>>mapToObj(thread -> () -> {
                        var store = thread % 2 == 0 ? one : other;
                        for (int start = 0; start < 200; start += 5) {
                            claimed.addAll(store.claim(
                                            StateStoreContract.DEV,
                                            StateStoreContract.TRIPS,
                                            StateStoreContract.requests(start, start + 5 + thread),
                                            new Claimant(Owner.current(), run, Duration.ofMinutes(5)))
                                    .won());
                        }
                        return thread;
                    })
                    .toList();

            atOnce(tasks);
        }

        assertThat(claimed.stream().map(Record::slice)).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(200);
        assertThat(claimed.stream().map(Record::token)).doesNotHaveDuplicates();
    }

    @Test
    void noMoreClaimsAreWonThanThePipelineMayHave() throws Exception {
        try (var one = open();
                var other = open()) {
            var run = one.startRun(StateStoreContract.DEV, "race", List.of(), StateStoreContract.FAR);
            var claimant = new Claimant(StateStoreContract.FAR, run, Duration.ofMinutes(5), 3);
            var tasks = IntStream.range(0, THREADS)
                    .<Callable<ClaimResult>>mapToObj(thread -> () -> (thread % 2 == 0 ? one : other)
                            .claim(
                                    StateStoreContract.DEV,
                                    StateStoreContract.TRIPS,
                                    StateStoreContract.requests(thread, thread + 1),
                                    claimant))
                    .toList();

            assertThat(atOnce(tasks).stream()
                            .mapToInt(claim -> claim.won().size())
                            .sum())
                    .isEqualTo(3);
        }
    }

    @Test
    void ofManyWhoSettleTheGridOfAPipelineOneDoes() throws Exception {
        try (var store = open()) {
            var tasks = IntStream.range(0, THREADS)
                    .<Callable<Boolean>>mapToObj(thread -> () -> store.settleGrids(
                            StateStoreContract.DEV, StateStoreContract.TRIPS, List.of(), List.of(grid(thread))))
                    .toList();

            assertThat(atOnce(tasks)).containsOnlyOnce(true);
            assertThat(store.grids(StateStoreContract.DEV, StateStoreContract.TRIPS))
                    .hasSize(1);
        }
    }

    private static SettledGrid grid(int thread) {
        var from = StateStoreContract.FIRST.plus(Duration.ofHours(thread));
        return new SettledGrid(new Segment(from, Granularity.parse("1h"), ZoneOffset.UTC), "2025b", null);
    }

    @Test
    void ofManyThatMoveOnePointerEachSwapHasOneWinner() throws Exception {
        try (var store = open()) {
            var pointers = store.publish(
                    Publication.ofPointers(StateStoreContract.DEV, List.of(StateStoreContract.swap(null, "0"))));
            assertThat(pointers).isInstanceOf(PublishResult.Published.class);
            var tasks = IntStream.range(0, THREADS)
                    .<Callable<Integer>>mapToObj(thread -> () -> increments(store, 25))
                    .toList();

            atOnce(tasks);

            assertThat(store.metadataLocation(StateStoreContract.DEV, StateStoreContract.TABLE))
                    .contains("" + THREADS * 25);
        }
    }

    private static int increments(StateStore store, int times) {
        int done = 0;
        while (done < times) {
            String from = store.metadataLocation(StateStoreContract.DEV, StateStoreContract.TABLE)
                    .orElseThrow();
            String to = "" + (Integer.parseInt(from) + 1);
            var result = store.publish(
                    Publication.ofPointers(StateStoreContract.DEV, List.of(StateStoreContract.swap(from, to))));
            done += result instanceof PublishResult.Published ? 1 : 0;
        }
        return done;
    }

    @Test
    void severalThreadsThatOpenANewStoreAtOnceMakeOne() throws Exception {
        var tasks = IntStream.range(0, 4)
                .<Callable<String>>mapToObj(_ -> () -> {
                    try (var store = open()) {
                        return store.storeId();
                    }
                })
                .toList();

        assertThat(atOnce(tasks).stream().distinct()).hasSize(1);
    }
}
