package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineName;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What screens and planners read. */
abstract class ReadContract extends StateStoreContract {
    private static final Slice ALL = new Slice.All();

    private static SliceRequest all() {
        return new SliceRequest(ALL, "all", "files", TABLE.toString(), null, "{}", Cause.NEW, 0);
    }

    @Test
    void addsUpByPipelineAndStatusTheNewestGenerationsAlone() {
        completed(request(0));
        completed(request(1));
        completed(request(1, Cause.LATE, 1));
        claimed(request(2));

        assertThat(store.counts(DEV))
                .satisfiesExactly(
                        completed -> {
                            assertThat(completed.status()).isEqualTo(Status.COMPLETED);
                            assertThat(completed.records()).isEqualTo(2);
                            assertThat(completed.read()).isEqualTo(22);
                            assertThat(completed.staged()).isEqualTo(20);
                            assertThat(completed.rejected()).isEqualTo(2);
                            assertThat(completed.firstWindowStart()).isEqualTo(FIRST);
                            assertThat(completed.lastWindowEnd()).isEqualTo(FIRST.plus(Duration.ofHours(2)));
                        },
                        running -> assertThat(running.status()).isEqualTo(Status.IN_PROGRESS));
        assertThat(store.counts(new EnvironmentName("prod"))).isEmpty();
    }

    @Test
    void listsPagesOfRecordsByWindowAndStatus() {
        for (int n = 0; n < 5; n++) {
            completed(request(n));
        }
        claimed(request(5));
        var query = RecordQuery.of(DEV).pipeline(TRIPS);

        assertThat(store.records(query.page(2, 0))).extracting(Record::slice).containsExactly(hour(5), hour(4));
        assertThat(store.records(query.page(2, 4))).extracting(Record::slice).containsExactly(hour(1), hour(0));
        assertThat(store.records(query.statuses(Status.IN_PROGRESS, Status.PENDING)))
                .extracting(Record::slice)
                .containsExactly(hour(5));
        assertThat(store.records(query.between(FIRST.plusSeconds(3600), FIRST.plusSeconds(3 * 3600))
                        .order(RecordQuery.Order.OLDEST_WINDOW_FIRST)))
                .extracting(Record::slice)
                .containsExactly(hour(1), hour(2));
        assertThat(store.count(query.page(2, 0))).isEqualTo(6);
        assertThat(store.records(
                        query.order(RecordQuery.Order.LAST_UPDATED_FIRST).page(1, 0)))
                .extracting(Record::slice)
                .containsExactly(hour(5));
        assertThat(store.records(RecordQuery.of(DEV).pipeline(new PipelineName("others"))))
                .isEmpty();
    }

    @Test
    void findsRecordsBySliceLabelIdAndRun() {
        var first = completed(request(0));
        var second = claimed(request(1));

        assertThat(store.records(DEV, TRIPS, List.of(hour(0), hour(1), hour(2))))
                .isEqualTo(Map.of(hour(0), first, hour(1), second));
        assertThat(store.records(DEV, TRIPS, List.of())).isEmpty();
        assertThat(store.recordsLabelled(DEV, TRIPS, "2024-01-01T01")).containsExactly(second);
        assertThat(store.record(second.id())).contains(second);
        assertThat(store.record(4711)).isEmpty();
        assertThat(store.recordsOf(run, 10, 0)).containsExactly(first, second);
        assertThat(store.lastUpdated(DEV)).containsExactly(second);
    }

    @Test
    void joinsAdjacentWindowsOfTheSameStatus() {
        completed(request(0));
        completed(request(1));
        store.failed(new Failure(claimed(request(2)), ErrorCode.CHECK_FAILED, "bad", null));
        completed(request(5));
        claimed(all());

        assertThat(store.windowRuns(DEV, TRIPS))
                .containsExactly(
                        new WindowRun(Status.COMPLETED, span(0, 2), 2),
                        new WindowRun(Status.FAILED, span(2, 3), 1),
                        new WindowRun(Status.COMPLETED, span(5, 6), 1));
        assertThat(store.recorded(DEV, TRIPS)).containsExactly(span(0, 3), span(5, 6));
        assertThat(store.recorded(DEV, new PipelineName("others")).isEmpty()).isTrue();
    }

    private static Window span(int from, int to) {
        return new Window(FIRST.plus(Duration.ofHours(from)), FIRST.plus(Duration.ofHours(to)));
    }

    @Test
    void readsTheLedgerByPipelineSlicesTableAndTime() {
        completed(request(0));
        completed(request(1));
        var whole = published(staged(claimed(all())));

        assertThat(store.loads(DEV, TRIPS)).extracting(Load::slice).containsExactlyInAnyOrder(ALL, hour(0), hour(1));
        assertThat(store.loads(DEV, TRIPS, List.of(hour(1), hour(2)))).containsOnlyKeys(hour(1));
        assertThat(store.loads(DEV, TABLE)).hasSize(3);
        assertThat(store.loads(DEV, TABLE, FIRST.plusSeconds(3600), null))
                .extracting(Load::slice)
                .containsExactlyInAnyOrder(ALL, hour(1));
        assertThat(store.loadById(stagingOf(whole).loadId()).orElseThrow().windowStart())
                .isNull();
    }

    @Test
    void remembersRunsAndTheAuditLog() {
        var another = store.startRun(DEV, "restate", List.of("trips", "--start", "2024-01-01"), FAR);
        store.endRun(another, "done", 0);
        store.audit(DEV, another, "restate", "trips", null, "{\"windows\":3}");

        assertThat(store.runs(DEV, 10, 0)).extracting(Run::id).containsExactlyInAnyOrder(another, run);
        assertThat(store.run(another)).get().satisfies(ended -> {
            assertThat(ended.arguments()).containsExactly("trips", "--start", "2024-01-01");
            assertThat(ended.owner()).isEqualTo(FAR);
            assertThat(ended.outcome()).isEqualTo("done");
            assertThat(ended.exitCode()).isZero();
        });
        assertThat(store.run(run)).get().extracting(Run::ended).isNull();
        assertThat(store.auditLog(DEV, 2, 0))
                .extracting(AuditEntry::action, AuditEntry::run, AuditEntry::before, AuditEntry::after)
                .containsExactlyInAnyOrder(
                        tuple("restate", another, null, "{\"windows\":3}"),
                        tuple("restate", another, null, "trips --start 2024-01-01"));
    }

    @Test
    void hasOneIdentityForGood() {
        assertThat(opened(Duration.ZERO).storeId()).isEqualTo(store.storeId()).hasSize(32);
    }

    @Test
    void tellsTheTimeOfTheStoreWithItsOffset() {
        var ahead = opened(Duration.ofDays(1)).now();

        assertThat(Duration.between(store.now(), ahead)).isBetween(Duration.ofHours(23), Duration.ofDays(1));
    }
}
