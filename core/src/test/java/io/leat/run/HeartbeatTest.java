package io.leat.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.name.EnvironmentName;
import io.leat.name.PipelineName;
import io.leat.state.Cause;
import io.leat.state.Claimant;
import io.leat.state.Owner;
import io.leat.state.Record;
import io.leat.state.SliceRequest;
import io.leat.state.SqliteState;
import io.leat.state.StateStore;
import io.leat.time.Slice;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatTest {

    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final PipelineName SALES = new PipelineName("sales");
    private static final Duration LEASE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private StateStore state;
    private final AtomicReference<Instant> wall = new AtomicReference<>(Instant.parse("2024-01-01T00:00:00Z"));
    private final CountDownLatch interrupted = new CountDownLatch(1);

    @BeforeEach
    void open() {
        state = SqliteState.open(folder.resolve("state.db"));
    }

    @AfterEach
    void close() {
        state.close();
    }

    private List<Record> claimed(Duration lease) {
        var run = state.startRun(DEV, "run", List.of(), Owner.current());
        var request = new SliceRequest(new Slice.All(), "all", "files", "bronze.sales", null, "{}", Cause.NEW, 0);
        return state.claim(DEV, SALES, List.of(request), new Claimant(Owner.current(), run, lease))
                .won();
    }

    private Heartbeat heartbeat(List<Record> records, Duration lease) {
        return new Heartbeat(state, records, lease, interrupted::countDown, new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return wall.get();
            }
        });
    }

    private boolean wasInterrupted() throws InterruptedException {
        return interrupted.await(30, TimeUnit.SECONDS);
    }

    @Test
    void noticesThatAPersonHasCancelledAndInterruptsTheWork() throws InterruptedException {
        List<Record> records = claimed(LEASE);
        try (var heartbeat = heartbeat(records, LEASE)) {
            assertThat(heartbeat.lost(records.getFirst())).isFalse();

            state.cancel(records, "not wanted");

            assertThat(wasInterrupted()).isTrue();
            assertThat(heartbeat.lostAll()).isTrue();
        }
    }

    @Test
    void givesUpByItselfWhenTheWallClockSaysThatTheLeaseIsNearlyOver() throws InterruptedException {
        List<Record> records = claimed(LEASE);
        try (var heartbeat = heartbeat(records, LEASE)) {
            // as after a night in which the machine slept: the store cannot be asked in time either
            state.close();
            wall.updateAndGet(now -> now.plus(Duration.ofSeconds(26)));

            assertThat(heartbeat.lost(records.getFirst())).isTrue();
            assertThat(wasInterrupted()).isTrue();
        } finally {
            open();
        }
    }

    @Test
    void renewsLongBeforeTheLeaseEnds() throws InterruptedException {
        List<Record> records = claimed(LEASE);
        Instant until =
                state.record(records.getFirst().id()).orElseThrow().lease().until();
        try (var heartbeat = heartbeat(records, LEASE)) {
            wall.updateAndGet(now -> now.plus(Duration.ofSeconds(11)));

            Instant renewed = until;
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (!renewed.isAfter(until) && System.nanoTime() < deadline) {
                renewed = state.record(records.getFirst().id())
                        .orElseThrow()
                        .lease()
                        .until();
                Thread.onSpinWait();
            }
            assertThat(renewed).isAfter(until);
            assertThat(heartbeat.lost(records.getFirst())).isFalse();
        }
    }
}
