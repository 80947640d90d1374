package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.connection.PostgresConnection;
import io.leat.name.ErrorCode;
import io.leat.name.LoadId;
import io.leat.name.PipelineException;
import io.leat.testing.FaultProxy;
import io.leat.testing.FaultProxy.Fault;
import io.leat.testing.PostgresServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A wire to the server that breaks or falls silent: three outcomes, nothing twice, and nothing waits for ever. */
class PostgresWireTest {
    private final FaultProxy proxy = FaultProxy.to(PostgresServer.shared().port());
    private final PostgresConnection direct = PostgresStores.made();
    private final StateStore other = PostgresState.open(direct);
    /** Its first transaction on a connection sends COMMIT in words; later ones refer to a prepared statement. */
    private final StateStore store = open(Duration.ofSeconds(30));

    private StateStore open(Duration patience) {
        var wired = PostgresStores.connection(proxy.port(), direct.database());
        return PostgresState.open(wired, Duration.ZERO, patience);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        other.close();
        proxy.close();
    }

    private Record stagedElsewhere() {
        var run = other.startRun(StateStoreContract.DEV, "run", List.of(), StateStoreContract.ME);
        var record = other.claim(
                        StateStoreContract.DEV,
                        StateStoreContract.TRIPS,
                        StateStoreContract.requests(0, 1),
                        new Claimant(StateStoreContract.ME, run, StateStoreContract.LEASE))
                .won()
                .getFirst();
        var staging = StateStoreContract.staging(LoadId.at(StateStoreContract.FIRST, new Random(7)), 10, 1);
        return other.staged(List.of(new Staged(record, staging))).orThrow().getFirst();
    }

    private static Publication publication(Record record) {
        return Publication.of(
                StateStoreContract.DEV,
                List.of(StateStoreContract.load(record)),
                List.of(StateStoreContract.swap(null, "m1")));
    }

    private List<Load> published() {
        return other.loadHistory(StateStoreContract.DEV, StateStoreContract.TRIPS, StateStoreContract.hour(0));
    }

    @Test
    void runsATransactionAgainThatWasCutBeforeItsCommit() {
        var record = stagedElsewhere();
        proxy.arm("iceberg_tables", Fault.CUT_BEFORE);

        assertThat(store.publish(publication(record))).isInstanceOf(PublishResult.Published.class);

        assertThat(proxy.struck()).isTrue();
        assertThat(published()).hasSize(1);
    }

    @Test
    void saysThatTheOutcomeIsUnknownWhenACommitIsCutThatNeverArrived() {
        var record = stagedElsewhere();
        proxy.arm("COMMIT", Fault.CUT_BEFORE);

        assertThat(store.publish(publication(record))).isInstanceOf(PublishResult.Unknown.class);

        assertThat(store.loadById(StateStoreContract.load(record).loadId())).isEmpty();
        assertThat(store.publish(publication(record))).isInstanceOf(PublishResult.Published.class);
        assertThat(published()).hasSize(1);
    }

    @Test
    void saysThatTheOutcomeIsUnknownWhenTheAnswerToACommitIsLostAndPublishesNothingTwice() {
        var record = stagedElsewhere();
        proxy.arm("COMMIT", Fault.CUT_AFTER);

        assertThat(store.publish(publication(record))).isInstanceOf(PublishResult.Unknown.class);

        assertThat(store.loadById(StateStoreContract.load(record).loadId())).isPresent();
        assertThat(store.publish(publication(record)))
                .as("sent again")
                .isInstanceOfSatisfying(
                        PublishResult.Published.class,
                        done -> assertThat(done.records().getFirst().phaseCompleted())
                                .isEqualTo(Phase.STAGE_TO_TARGET));
        assertThat(published()).hasSize(1);
    }

    @Test
    void publishesNothingTwiceWhenACommitArrivesAfterItsOutcomeWasLookedUp() throws Exception {
        var record = stagedElsewhere();
        proxy.arm("COMMIT", Fault.ARRIVE_LATE);
        assertThat(store.publish(publication(record))).isInstanceOf(PublishResult.Unknown.class);
        assertThat(store.loadById(StateStoreContract.load(record).loadId())).isEmpty();

        var again = CompletableFuture.supplyAsync(() -> store.publish(publication(record)));
        awaitWaiters(1);
        proxy.deliver();

        assertThat(again.get()).isInstanceOf(PublishResult.Published.class);
        assertThat(published()).hasSize(1);
        assertThat(other.metadataLocation(StateStoreContract.DEV, StateStoreContract.TABLE))
                .contains("m1");
    }

    @Test
    void throwsWhenTheAnswerToAnotherCommitIsLost() {
        proxy.arm("COMMIT", Fault.CUT_AFTER);

        assertThatThrownBy(() -> store.startRun(StateStoreContract.DEV, "run", List.of(), StateStoreContract.ME))
                .isInstanceOfSatisfying(
                        PipelineException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.COMMIT_UNKNOWN));
        assertThat(other.runs(StateStoreContract.DEV, 10, 0)).hasSize(1);
    }

    @Test
    void readsOnANewConnectionWhenTheOldOneWasCut() {
        assertThat(store.runs(StateStoreContract.DEV, 10, 0)).isEmpty();
        proxy.arm("audit_log", Fault.CUT_BEFORE);

        assertThat(store.auditLog(StateStoreContract.DEV, 10, 0)).isEmpty();

        assertThat(proxy.struck()).isTrue();
    }

    @Test
    void givesUpAWireThatIsSilentAndFreesWhatItHeld() {
        var record = stagedElsewhere();
        try (var impatient = open(Duration.ofSeconds(1))) {
            proxy.arm("COMMIT", Fault.STALL);

            assertThat(impatient.publish(publication(record))).isInstanceOf(PublishResult.Unknown.class);

            // the server has ended the session that held the record; the wire still stalls
            assertThat(impatient.loadById(StateStoreContract.load(record).loadId()))
                    .isEmpty();
            assertThat(impatient.publish(publication(record))).isInstanceOf(PublishResult.Published.class);
            assertThat(published()).hasSize(1);
        }
    }

    @Test
    void renewsLeasesWhileAllOtherConnectionsAreBusy() throws Exception {
        var held = stagedElsewhere();
        try (var blocker = PostgresServer.shared().connect(direct.database())) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("LOCK TABLE leat.runs IN ACCESS EXCLUSIVE MODE");
            var stuck = IntStream.range(0, 8)
                    .mapToObj(_ -> Thread.ofVirtual()
                            .start(() ->
                                    store.startRun(StateStoreContract.DEV, "run", List.of(), StateStoreContract.ME)))
                    .toList();
            awaitWaiters(4);

            assertThat(store.renew(List.of(held), StateStoreContract.LEASE).updated())
                    .hasSize(1);

            blocker.rollback();
            for (var thread : stuck) {
                thread.join();
            }
        }
        assertThat(other.runs(StateStoreContract.DEV, 10, 0)).hasSize(9);
    }

    /** Until so many sessions of this database wait for a lock. */
    private void awaitWaiters(int count) throws Exception {
        try (var watch = PostgresServer.shared().connect(direct.database());
                var query = watch.prepareStatement("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event_type = 'Lock'")) {
            while (true) {
                try (var row = query.executeQuery()) {
                    if (row.next() && row.getInt(1) >= count) {
                        return;
                    }
                }
                Thread.onSpinWait();
            }
        }
    }
}
