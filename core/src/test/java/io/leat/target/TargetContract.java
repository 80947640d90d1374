package io.leat.target;

import static io.leat.target.TargetFixture.CONTRACT;
import static io.leat.target.TargetFixture.DEV;
import static io.leat.target.TargetFixture.PIPELINE;
import static io.leat.target.TargetFixture.hour;
import static io.leat.target.TargetFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.lake.Published;
import io.leat.lake.SliceLoad;
import io.leat.lake.WriteMode;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.schema.AuditLevel;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.LeatType;
import io.leat.schema.Sums;
import io.leat.state.Phase;
import io.leat.state.Record;
import io.leat.state.Retirement;
import io.leat.time.Slice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds of every target. */
public abstract class TargetContract {

    @TempDir
    protected Path folder;

    protected TargetFixture fixture;

    /** A target of the fixture's lake and state store for one and the same table, as another process would have it. */
    protected abstract Target target(WriteMode write);

    /** The ids in the table, sorted, read as its readers do. */
    protected abstract List<Long> ids();

    @BeforeEach
    void openFixture() {
        fixture = new TargetFixture(folder);
    }

    @AfterEach
    void closeFixture() {
        fixture.close();
    }

    protected Target target() {
        return target(WriteMode.REPLACE);
    }

    @Test
    void everyValueOfEveryTypeArrivesAsItWasStaged() {
        Target target = target();
        Record record = fixture.claimed(0);
        target.raise(List.of(record));
        SliceLoad load = fixture.staged(target, record, EveryType.CONTRACT, EveryType.rows());
        target.publish(fixture.duck, EveryType.CONTRACT, List.of(load));

        Sums found = target.sums(
                        fixture.duck, PIPELINE, List.of(hour(0)), EveryType.CONTRACT.names(), AuditLevel.CONTENT)
                .get(hour(0));

        assertThat(TargetFixture.sums(load).difference(Objects.requireNonNull(found)))
                .isEmpty();
        assertThat(found.content()).isNotNull();
    }

    @Test
    void aLoadReplacesExactlyTheRowsOfItsSlice() {
        fixture.published(target(), 0, 1, 2);
        fixture.published(target(), 1, 3);

        fixture.published(target(), 0, 2, 5);

        assertThat(ids()).containsExactly(2L, 3L, 5L);
        assertThat(count(hour(0), hour(1), hour(2))).containsExactly(2L, 1L, 0L);
    }

    @Test
    void aLoadWithoutRowsEmptiesItsSlice() {
        fixture.published(target(), 0, 1, 2);

        fixture.published(target(), 0);

        assertThat(ids()).isEmpty();
        assertThat(fixture.state.load(DEV, PIPELINE, hour(0)).orElseThrow().rows())
                .isZero();
    }

    @Test
    void loadsThatAppendLeaveWhatIsThere() {
        fixture.published(target(WriteMode.APPEND), 0, 1, 2);

        fixture.published(target(WriteMode.APPEND), 0, 2, 3);

        assertThat(ids()).containsExactly(1L, 2L, 2L, 3L);
    }

    @Test
    void publishingTheSameLoadAgainDoublesNothing() {
        Target target = target(WriteMode.APPEND);
        Record record = fixture.claimed(0);
        target.raise(List.of(record));
        SliceLoad load = fixture.staged(target, record, 1, 2);
        target.publish(fixture.duck, CONTRACT, List.of(load));

        Published again = target.publish(fixture.duck, CONTRACT, List.of(load));

        assertThat(again.loads()).extracting(entry -> entry.loadId()).containsExactly(load.loadId());
        assertThat(again.records())
                .singleElement()
                .satisfies(
                        now -> assertThat(now.completed(Phase.STAGE_TO_TARGET)).isTrue());
        assertThat(ids()).containsExactly(1L, 2L);
    }

    @Test
    void whoHasLostItsClaimPublishesNothing() {
        Target zombie = target();
        Record old = fixture.claimed(0);
        zombie.raise(List.of(old));
        SliceLoad late = fixture.staged(zombie, old, 1);
        fixture.letLeasesRunOut(folder);
        fixture.published(target(), 0, 2);

        Published published = zombie.publish(fixture.duck, CONTRACT, List.of(late));

        assertThat(published.lost()).extracting(Record::id).containsExactly(old.id());
        assertThat(published.loads()).isEmpty();
        assertThat(ids()).containsExactly(2L);
    }

    @Test
    void whoRaisesAfterItHasLostItsClaimShutsNobodyOut() {
        Record old = fixture.claimed(0);
        fixture.letLeasesRunOut(folder);
        Target target = target();
        Record record = fixture.claimed(0);
        target.raise(List.of(record));
        target().raise(List.of(old));

        Published published = target.publish(fixture.duck, CONTRACT, List.of(fixture.staged(target, record, 2)));

        assertThat(published.lost()).isEmpty();
        assertThat(ids()).containsExactly(2L);
    }

    @Test
    void ofAGroupOnlyWhatIsStillHeldIsPublished() {
        Target target = target();
        List<Record> group = fixture.claimed(hour(0), hour(1));
        target.raise(group);
        List<SliceLoad> loads =
                List.of(fixture.staged(target, group.get(0), 1), fixture.staged(target, group.get(1), 2));
        fixture.letLeasesRunOut(folder);
        Record taken = fixture.claimed(0);
        target().raise(List.of(taken));

        Published published = target.publish(fixture.duck, CONTRACT, loads);

        assertThat(published.lost())
                .extracting(Record::id)
                .contains(group.get(0).id());
        assertThat(ids()).doesNotContain(1L);
    }

    @Test
    void windowsMakeRoomForOthersInOneTransaction() {
        fixture.published(target(), 0, 1);
        fixture.published(target(), 1, 2);
        List<Record> leaving = fixture.claimed(hour(0), hour(1));
        Record coming = fixture.claimed(hours(0, 2)).getFirst();
        Target target = target();
        target.raise(List.of(leaving.get(0), leaving.get(1), coming));
        SliceLoad load = fixture.staged(target, coming, 1, 2, 3);

        target.replace(fixture.duck, CONTRACT, List.of(load), new Retirement(leaving, null));

        assertThat(ids()).containsExactly(1L, 2L, 3L);
        assertThat(fixture.state.load(DEV, PIPELINE, hour(1))).isEmpty();
        assertThat(count(hours(0, 2), hour(1))).containsExactly(3L, 0L);
    }

    @Test
    void ifAnyClaimIsLostNoWindowMakesRoom() {
        fixture.published(target(), 0, 1);
        Record leaving = fixture.claimed(0);
        Record coming = fixture.claimed(hours(0, 2)).getFirst();
        Target target = target();
        target.raise(List.of(leaving, coming));
        SliceLoad load = fixture.staged(target, coming, 7);
        fixture.letLeasesRunOut(folder);
        target().raise(List.of(fixture.claimed(0)));

        Published published =
                target.replace(fixture.duck, CONTRACT, List.of(load), new Retirement(List.of(leaving), null));

        assertThat(published.loads()).isEmpty();
        assertThat(published.lost()).isNotEmpty();
        assertThat(ids()).containsExactly(1L);
    }

    @Test
    void columnsAreAddedWidenedAndRenamedInCaseAndOldRowsStay() {
        fixture.published(target(), 0, 1);
        var wider = Contract.of(
                Column.of("ID", LeatType.INTEGER),
                Column.of("name", LeatType.STRING),
                Column.of("amount", new LeatType.Decimal(9, 2)));
        Target target = target();
        Record record = fixture.claimed(1);
        target.raise(List.of(record));

        target.publish(
                fixture.duck,
                wider,
                List.of(fixture.staged(
                        target,
                        record,
                        wider,
                        "SELECT 2::BIGINT AS \"ID\", 'b' AS name, 1.50::DECIMAL(9,2) AS amount")));

        Map<Slice, Sums> sums = target.sums(
                fixture.duck, PIPELINE, List.of(hour(0), hour(1)), List.of("ID", "amount"), AuditLevel.SUMS);
        assertThat(sums.get(hour(0)).columns().get("amount").values()).isZero();
        assertThat(sums.get(hour(1)).columns().get("amount").sum()).isEqualByComparingTo("1.5");
        assertThat(sums.get(hour(0)).columns().get("ID").sum()).isEqualByComparingTo("1");
    }

    @Test
    void aTypeThatWouldLoseValuesIsRefusedBeforeAnythingIsStaged() {
        fixture.published(target(), 0, 1);
        var narrower = Contract.of(Column.of("id", LeatType.Simple.INT32), Column.of("name", LeatType.STRING));
        Record record = fixture.claimed(1);

        assertThatThrownBy(() -> fixture.staged(target(), record, narrower, "SELECT 1::INTEGER AS id, 'n' AS name"))
                .isInstanceOfSatisfying(PipelineException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.CONTRACT);
                    assertThat(failure.message()).contains("id", "integer", "int32");
                    assertThat(failure.hint()).isPresent();
                });
        assertThat(ids()).containsExactly(1L);
    }

    @Test
    void aTableThatIsNotThereHasNoRows() {
        assertThat(target().recount(fixture.duck, PIPELINE, List.of(hour(0)))).containsExactly(Map.entry(hour(0), 0L));
        assertThat(target().sums(fixture.duck, PIPELINE, List.of(hour(0)), List.of("id"), AuditLevel.SUMS)
                        .get(hour(0))
                        .rows())
                .isZero();
    }

    private List<Long> count(Slice... slices) {
        Map<Slice, Long> counted = target().recount(fixture.duck, PIPELINE, List.of(slices));
        return List.of(slices).stream()
                .map(slice -> Objects.requireNonNull(counted.get(slice)))
                .toList();
    }
}
