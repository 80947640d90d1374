package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.connection.PostgresConnection;
import io.leat.name.LoadId;
import io.leat.name.TableName;
import io.leat.testing.PostgresServer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many threads that want the same rows in another order each: nobody waits in a circle. */
class PostgresLocksTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 10;
    private static final int SLICES = 24;
    private static final long SEED = Long.getLong("leat.seed", System.nanoTime());

    private final PostgresConnection place = PostgresStores.made();

    /** One that takes away what it finds: everybody claims under the name of a dead process. */
    private final class Worker implements Callable<Integer> {
        private final StateStore store;
        private final Random random;
        private int published;

        Worker(StateStore store, int thread) {
            this.store = store;
            this.random = new Random(SEED + thread);
        }

        @Override
        public Integer call() {
            var run = store.startRun(StateStoreContract.DEV, "race", List.of(), StateStoreContract.DEAD);
            var claimant = new Claimant(StateStoreContract.DEAD, run, StateStoreContract.LEASE);
            for (int round = 0; round < ROUNDS; round++) {
                if (random.nextInt(4) == 0) {
                    store.sweep(StateStoreContract.DEV);
                }
                var wanted = shuffled(StateStoreContract.requests(0, SLICES)).subList(0, 8);
                var won = store.claim(StateStoreContract.DEV, StateStoreContract.TRIPS, wanted, claimant)
                        .won();
                var renewed =
                        store.renew(shuffled(won), StateStoreContract.LEASE).updated();
                var staged = store.staged(shuffled(renewed).stream()
                                .filter(record -> !record.completed(Phase.STAGE_TO_TARGET))
                                .map(record -> new Staged(
                                        record,
                                        StateStoreContract.staging(LoadId.at(StateStoreContract.FIRST, random), 10, 1)))
                                .toList())
                        .updated();
                publish(shuffled(staged));
                store.takeAway(shuffled(won).subList(0, won.size() / 2), "another wants it");
            }
            return published;
        }

        private void publish(List<Record> records) {
            var lost = new ArrayList<Long>();
            while (true) {
                var loads = records.stream()
                        .filter(record -> !lost.contains(record.id()))
                        .map(StateStoreContract::load)
                        .toList();
                var swaps = shuffled(List.of(next("bronze.trips"), next("bronze.stops")));
                switch (store.publish(
                        new Publication(StateStoreContract.DEV, loads, Retirement.NONE, List.of(), swaps))) {
                    case PublishResult.Published done -> {
                        published += done.loads().size();
                        store.sawSource(done.loads(), 1);
                        return;
                    }
                    case PublishResult.LostFences fenced -> fenced.lost().forEach(record -> lost.add(record.id()));
                    case PublishResult.PointerMoved moved -> {}
                    case PublishResult.Unknown unknown -> throw new IllegalStateException(unknown.cause());
                }
            }
        }

        private PointerSwap next(String table) {
            var name = TableName.parse(table);
            String from = store.metadataLocation(StateStoreContract.DEV, name).orElse(null);
            return new PointerSwap(name, from, from == null ? "1" : "" + (Integer.parseInt(from) + 1));
        }

        private <T> List<T> shuffled(List<T> list) {
            var shuffled = new ArrayList<>(list);
            Collections.shuffle(shuffled, random);
            return shuffled;
        }
    }

    @Test
    void threadsThatClaimPublishAndTakeAwayOverlappingGroupsNeverBlockOneAnother() throws Exception {
        int published = 0;
        try (var one = PostgresState.open(place);
                var other = PostgresState.open(place);
                var executor = Executors.newFixedThreadPool(THREADS)) {
            var workers = IntStream.range(0, THREADS)
                    .mapToObj(thread -> new Worker(thread % 2 == 0 ? one : other, thread))
                    .toList();
            for (var result : executor.invokeAll(workers)) {
                published += result.get();
            }
            var loads = one.loads(StateStoreContract.DEV, StateStoreContract.TRIPS);
            assertThat(published).as("seed %d", SEED).isPositive().isEqualTo(loads.size());
            assertThat(loads.stream().map(Load::slice)).doesNotHaveDuplicates();
        }
        assertThat(deadlocks()).as("deadlocks, seed %d", SEED).isZero();
    }

    private long deadlocks() throws SQLException {
        try (var connection = PostgresServer.shared().connect("postgres");
                var query = connection.prepareStatement("SELECT deadlocks FROM pg_stat_database WHERE datname = ?")) {
            query.setString(1, place.database());
            try (var row = query.executeQuery()) {
                assertThat(row.next()).isTrue();
                return row.getLong(1);
            }
        }
    }
}
