package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.name.EnvironmentName;
import io.leat.name.FaultPoint;
import io.leat.name.LoadId;
import io.leat.name.PipelineException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A worker over the whole life of three slices that dies at every place where state is written, once before and once after
 * each commit; another one goes on where it stopped.
 */
abstract class CrashSweepContract {
    private static final int SLICES = 3;
    private static final int FAR_MORE_THAN_THERE_ARE = 200;

    /** Opens an empty store. */
    abstract StateStore openNew();

    @AfterEach
    void disarm() {
        System.clearProperty(FaultPoint.PROPERTY);
        FaultPoint.reset();
    }

    @Test
    void whereverAWorkerDiesEverySliceIsPublishedOnceAndCompleted() {
        int n = 1;
        try (var store = openNew()) {
            while (diesAt(n, store)) {
                n++;
                assertThat(n).isLessThan(FAR_MORE_THAN_THERE_ARE);
            }
        }
        assertThat(n).as("deaths").isGreaterThan(20);
    }

    /** Whether there was an n-th place to die at. Each death has an environment of its own, as good as a store of its own. */
    private static boolean diesAt(int n, StateStore store) {
        var environment = new EnvironmentName("dev" + n);
        boolean died = false;
        System.setProperty(FaultPoint.PROPERTY, "*:" + n + ":error");
        try {
            work(store, environment, StateStoreContract.DEAD);
        } catch (PipelineException | IllegalStateException death) {
            died = true;
        } finally {
            System.clearProperty(FaultPoint.PROPERTY);
            FaultPoint.reset();
        }
        work(store, environment, StateStoreContract.ME);
        assertAllIsWell(store, environment, n);
        return died;
    }

    /** Publishes each slice alone, and moves one pointer along. */
    private static void work(StateStore store, EnvironmentName environment, Owner owner) {
        var random = new Random((environment + owner.text()).hashCode());
        var run = store.startRun(environment, "sweep", List.of(), owner);
        store.sweep(environment);
        var claim = store.claim(
                environment,
                StateStoreContract.TRIPS,
                StateStoreContract.requests(0, SLICES),
                new Claimant(owner, run, Duration.ofMinutes(1)));
        for (var claimed : store.renew(claim.won(), Duration.ofMinutes(2)).orThrow()) {
            var record = claimed;
            if (!record.completed(Phase.SOURCE_TO_STAGE)) {
                var staging = StateStoreContract.staging(LoadId.at(StateStoreContract.FIRST, random), 10, 1);
                record = store.staged(List.of(new Staged(record, staging)))
                        .orThrow()
                        .getFirst();
            }
            if (!record.completed(Phase.STAGE_TO_TARGET)) {
                record = publish(store, environment, record);
            }
            store.completed(List.of(new Completion(record, 10))).orThrow();
        }
        store.endRun(run, "done", 0);
    }

    private static Record publish(StateStore store, EnvironmentName environment, Record record) {
        String pointer =
                store.metadataLocation(environment, StateStoreContract.TABLE).orElse(null);
        String next = pointer == null ? "m1" : "m" + (Integer.parseInt(pointer.substring(1)) + 1);
        var result = store.publish(Publication.of(
                environment,
                List.of(StateStoreContract.load(record)),
                List.of(StateStoreContract.swap(pointer, next))));
        if (result instanceof PublishResult.Published published) {
            return published.records().getFirst();
        }
        throw new IllegalStateException(result.toString());
    }

    private static void assertAllIsWell(StateStore store, EnvironmentName environment, int n) {
        var description = "after death at " + n;
        assertThat(store.metadataLocation(environment, StateStoreContract.TABLE))
                .as(description)
                .contains("m" + SLICES);
        Map<Status, Long> counts = new TreeMap<>();
        store.counts(environment).forEach(count -> counts.put(count.status(), count.records()));
        assertThat(counts).as(description).isEqualTo(Map.of(Status.COMPLETED, (long) SLICES));
        for (int slice = 0; slice < SLICES; slice++) {
            assertThat(store.loadHistory(environment, StateStoreContract.TRIPS, StateStoreContract.hour(slice)))
                    .as(description)
                    .hasSize(1);
        }
    }
}
