package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.testing.PostgresServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server that goes away under a store, and comes back. */
class PostgresRestartTest {

    @Test
    void goesOnWhenTheServerIsBack() throws Exception {
        try (var server = PostgresServer.start("fsync=off")) {
            var place = PostgresStores.connection(server.port(), server.newDatabase());
            try (var store = PostgresState.open(place);
                    var impatient = PostgresState.open(place, Duration.ZERO, Duration.ofMillis(500))) {
                var run = store.startRun(StateStoreContract.DEV, "run", List.of(), StateStoreContract.ME);
                var claimant = new Claimant(StateStoreContract.FAR, run, StateStoreContract.LEASE);
                var held = store.claim(
                                StateStoreContract.DEV,
                                StateStoreContract.TRIPS,
                                StateStoreContract.requests(0, 5),
                                claimant)
                        .won();

                server.kill();
                assertThatThrownBy(impatient::now)
                        .isInstanceOfSatisfying(
                                PipelineException.class,
                                failure -> assertThat(failure.code()).isEqualTo(ErrorCode.NETWORK));
                server.start();

                assertThat(store.renew(held, StateStoreContract.LEASE).updated())
                        .hasSize(5);
                var next = store.claim(
                                StateStoreContract.DEV,
                                StateStoreContract.TRIPS,
                                StateStoreContract.requests(0, 6),
                                claimant)
                        .won();
                assertThat(next)
                        .singleElement()
                        .satisfies(record -> assertThat(record.token())
                                .isGreaterThan(held.getLast().token()));
                assertThat(impatient.run(run)).isPresent();
            }
        }
    }
}
