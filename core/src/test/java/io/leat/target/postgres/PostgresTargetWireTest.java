package io.leat.target.postgres;

import static io.leat.target.TargetFixture.CONTRACT;
import static io.leat.target.TargetFixture.DEV;
import static io.leat.target.TargetFixture.PIPELINE;
import static io.leat.target.TargetFixture.hour;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.leat.lake.Published;
import io.leat.lake.SliceLoad;
import io.leat.lake.WriteMode;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.state.Load;
import io.leat.state.Record;
import io.leat.target.Target;
import io.leat.target.TargetFixture;
import io.leat.testing.FaultProxy;
import io.leat.testing.FaultProxy.Fault;
import io.leat.testing.PostgresServer;
import io.leat.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A wire to the target's server that breaks or falls silent, and somebody who has lost a slice and does not know it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresTargetWireTest {

    private static final Patience SHORT = new Patience(
            Duration.ofSeconds(2),
            Duration.ofSeconds(20),
            Duration.ofMillis(500),
            Duration.ofMillis(200),
            Duration.ofSeconds(1));

    @TempDir
    Path folder;

    private final TestDatabase database = TestDatabase.create();
    private final FaultProxy proxy = FaultProxy.to(PostgresServer.shared().port());
    private TargetFixture fixture;
    private Target wired;

    @BeforeEach
    void open() {
        fixture = new TargetFixture(folder);
        fixture.published(direct(), 9, 90);
        wired = target(database.entry(proxy.port()));
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
        proxy.close();
    }

    private Target direct() {
        return target(database.entry());
    }

    /** It appends, so that what was done twice would be seen twice. */
    private Target target(String entry) {
        return new PostgresTarget(
                PostgresTargetTest.spec(WriteMode.APPEND),
                PostgresTargetTest.connection(entry),
                DEV,
                fixture.lake,
                fixture.state,
                SHORT);
    }

    /** A load of rows 1 and 2 whose fence is raised. */
    private SliceLoad ready() {
        Record record = fixture.claimed(0);
        wired.raise(List.of(record));
        return fixture.staged(wired, record, 1, 2);
    }

    private List<String> ids() {
        return database.rows("SELECT id FROM shop.orders WHERE id < 90 ORDER BY id");
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aCommitWhoseOutcomeIsUnknownIsLookedUpAndNothingIsDoneTwice(Fault fault) {
        SliceLoad load = ready();
        proxy.arm("COMMIT\0", fault);
        var late = CompletableFuture.runAsync(
                proxy::deliver, CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));

        Published published = wired.publish(fixture.duck, CONTRACT, List.of(load));

        late.join();
        assertThat(proxy.struck()).isTrue();
        assertThat(published.loads()).extracting(Load::loadId).containsExactly(load.loadId());
        assertThat(ids()).containsExactly("1", "2");
        assertThat(database.rows("SELECT \"rows\" FROM leat_target.loads WHERE slice = '" + hour(0).text() + "'"))
                .containsExactly("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE FROM", "COPY ", "INSERT INTO leat_target.loads"})
    void aConnectionThatIsCutBeforeTheCommitChangesNothingAndCanBeTriedAgain(String statement) {
        SliceLoad load = ready();
        Target replacing = new PostgresTarget(
                PostgresTargetTest.spec(WriteMode.REPLACE),
                PostgresTargetTest.connection(database.entry(proxy.port())),
                DEV,
                fixture.lake,
                fixture.state,
                SHORT);
        proxy.arm(statement, Fault.CUT_BEFORE);

        assertThatThrownBy(() -> replacing.publish(fixture.duck, CONTRACT, List.of(load)))
                .isInstanceOfSatisfying(
                        PipelineException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.NETWORK));

        assertThat(ids()).isEmpty();
        assertThat(wired.publish(fixture.duck, CONTRACT, List.of(load)).loads()).hasSize(1);
        assertThat(ids()).containsExactly("1", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"COPY ", "the row in the middle"})
    void aServerThatFallsSilentInACopyIsGivenUp(String text) {
        Record record = fixture.claimed(0);
        wired.raise(List.of(record));
        SliceLoad load = fixture.staged(wired, record, CONTRACT, """
                SELECT range AS id, repeat(CASE range WHEN 3000 THEN 'the row in the middle' ELSE 'one of many' END, 400) AS name
                FROM range(10000)""");
        proxy.arm(text, Fault.STALL);

        var failure = catchThrowableOfType(
                PipelineException.class, () -> wired.publish(fixture.duck, CONTRACT, List.of(load)));

        assertThat(proxy.struck()).isTrue();
        assertThat(failure.code()).isIn(ErrorCode.TIMEOUT, ErrorCode.NETWORK);
        assertThat(failure.code().retryable()).isTrue();
        assertThat(ids()).isEmpty();
    }

    @Test
    void whatWasPublishedButNeverEnteredIsEnteredByTheNextClaim() {
        SliceLoad load = ready();
        fixture.letLeasesRunOut(folder);
        assertThat(wired.publish(fixture.duck, CONTRACT, List.of(load)).lost()).hasSize(1);
        assertThat(fixture.state.load(DEV, PIPELINE, hour(0))).isEmpty();

        Record again = fixture.claimed(0);
        Target target = direct();
        target.raise(List.of(again));
        List<Record> known = target.enterPublished(List.of(again));

        assertThat(known)
                .singleElement()
                .satisfies(
                        record -> assertThat(record.phaseCompleted()).isEqualTo(io.leat.state.Phase.STAGE_TO_TARGET));
        assertThat(fixture.state.load(DEV, PIPELINE, hour(0)).orElseThrow().loadId())
                .isEqualTo(load.loadId());
        assertThat(ids()).containsExactly("1", "2");
    }

    @Test
    void whoHangsInItsTransactionIsThrownOutByWhoeverTakesTheSliceOver() throws Exception {
        Target patient = new PostgresTarget(
                PostgresTargetTest.spec(WriteMode.APPEND),
                PostgresTargetTest.connection(database.entry()),
                DEV,
                fixture.lake,
                fixture.state);
        Record old = fixture.claimed(0);
        patient.raise(List.of(old));
        SliceLoad load = fixture.staged(patient, old, 1, 2);
        try (Connection blocker = PostgresServer.shared().connect(database.name())) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("LOCK TABLE shop.orders IN ACCESS EXCLUSIVE MODE");
            var zombie = CompletableFuture.supplyAsync(() -> patient.publish(fixture.duck, CONTRACT, List.of(load)));
            awaitWaiter();
            fixture.letLeasesRunOut(folder);

            direct().raise(List.of(fixture.claimed(0)));

            assertThatThrownBy(zombie::join).hasCauseInstanceOf(PipelineException.class);
            blocker.rollback();
        }
        assertThat(ids()).isEmpty();
    }

    @Test
    void aTableOfAnotherStateStoreIsRefusedUntilItIsAdopted(@TempDir Path elsewhere) {
        try (var other = new TargetFixture(elsewhere)) {
            Target theirs = new PostgresTarget(
                    PostgresTargetTest.spec(WriteMode.REPLACE),
                    PostgresTargetTest.connection(database.entry()),
                    DEV,
                    other.lake,
                    other.state);
            Record record = other.claimed(9);
            theirs.raise(List.of(record));

            assertThatThrownBy(() -> other.staged(theirs, record, 91))
                    .isInstanceOfSatisfying(PipelineException.class, failure -> {
                        assertThat(failure.code()).isEqualTo(ErrorCode.FOREIGN_TABLE);
                        assertThat(failure.hint()).isPresent();
                    });

            assertThat(theirs.adopt().orElseThrow()).contains("taken over from the state store");
            theirs.publish(other.duck, CONTRACT, List.of(other.staged(theirs, record, 91)));
            assertThat(database.rows("SELECT id FROM shop.orders")).containsExactly("91");
            assertThat(theirs.adopt()).isEmpty();
        }
    }

    /** Until a session of this database waits for a lock. */
    private void awaitWaiter() throws SQLException {
        try (Connection watch = PostgresServer.shared().connect(database.name());
                var query = watch.prepareStatement("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event_type = 'Lock'")) {
            while (true) {
                try (var row = query.executeQuery()) {
                    if (row.next() && row.getInt(1) > 0) {
                        return;
                    }
                }
                Thread.onSpinWait();
            }
        }
    }
}
