package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.name.FaultPoint;
import io.leat.state.PublishResult.LostFences;
import io.leat.state.PublishResult.PointerMoved;
import io.leat.state.PublishResult.Published;
import io.leat.state.PublishResult.Unknown;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All of a publication becomes visible or none of it, once, and only by whoever holds the fence. */
abstract class PublishContract extends StateStoreContract {

    @AfterEach
    void disarm() {
        System.clearProperty(FaultPoint.PROPERTY);
        FaultPoint.reset();
    }

    @Test
    void entersTheLoadMovesThePointerAndCompletesThePhase() {
        var record = staged(claimed(request(0)));
        var id = stagingOf(record).loadId();

        var result = store.publish(Publication.of(DEV, List.of(load(record)), List.of(swap(null, "m1"))));

        assertThat(result).isInstanceOfSatisfying(Published.class, published -> {
            assertThat(published.loads()).singleElement().satisfies(load -> {
                assertThat(load.loadId()).isEqualTo(id);
                assertThat(load.token()).isEqualTo(record.token());
                assertThat(load.storeId()).isEqualTo(store.storeId());
                assertThat(load.rows()).isEqualTo(10);
            });
            assertThat(published.records().getFirst().phaseCompleted()).isEqualTo(Phase.STAGE_TO_TARGET);
            assertThat(store.load(DEV, TRIPS, hour(0)))
                    .contains(published.loads().getFirst());
            assertThat(store.loadById(id)).contains(published.loads().getFirst());
            assertThat(reread(record)).isEqualTo(published.records().getFirst());
        });
        assertThat(store.metadataLocation(DEV, TABLE)).contains("m1");
    }

    @Test
    void writesNothingAtAllIfOneOfSeveralFencesIsLost() {
        var lost = staged(claimed(store, request(0), DEAD));
        var mine = staged(claimed(request(1)));
        var thief = claimed(request(0));

        var result = store.publish(Publication.of(DEV, List.of(load(mine), load(lost)), List.of(swap(null, "m1"))));

        assertThat(result).isEqualTo(new LostFences(List.of(lost)));
        assertThat(store.metadataLocation(DEV, TABLE)).isEmpty();
        assertThat(store.loads(DEV, TRIPS)).isEmpty();
        assertThat(reread(mine)).isEqualTo(mine);
        assertThat(reread(thief)).isEqualTo(thief);
    }

    @Test
    void refusesACancelledRecordAlthoughNobodyRaisedItsFence() {
        var record = staged(claimed(request(0)));
        store.cancel(List.of(record), "not wanted");

        assertThat(publish(record)).isEqualTo(new LostFences(List.of(record)));
        assertThat(store.load(DEV, TRIPS, hour(0))).isEmpty();
    }

    @Test
    void refusesASweptRecord() {
        var record = staged(claimed(store, request(0), DEAD));
        store.sweep(DEV);

        assertThat(publish(record)).isEqualTo(new LostFences(List.of(record)));
    }

    @Test
    void guardsPublicationsThatEnterNoLoad() {
        var lost = staged(claimed(store, request(0), DEAD));
        claimed(request(0));

        var result = store.publish(
                new Publication(DEV, List.of(), Retirement.NONE, List.of(lost), List.of(swap(null, "rejects1"))));

        assertThat(result).isEqualTo(new LostFences(List.of(lost)));
        assertThat(store.tables(DEV)).isEmpty();
    }

    @Test
    void writesNothingIfSomebodyElseHasMovedThePointer() {
        store.publish(Publication.ofPointers(DEV, List.of(swap(null, "m1"))));
        store.publish(Publication.ofPointers(DEV, List.of(swap("m1", "m2"))));
        var record = staged(claimed(request(0)));

        var result = store.publish(Publication.of(DEV, List.of(load(record)), List.of(swap("m1", "mine"))));

        assertThat(result).isEqualTo(new PointerMoved(TABLE, "m2"));
        assertThat(store.load(DEV, TRIPS, hour(0))).isEmpty();
        assertThat(reread(record)).isEqualTo(record);
        assertThat(store.table(DEV, TABLE)).contains(new CatalogTable(DEV, TABLE, "m2", "m1"));
    }

    @Test
    void createsAndDropsTablesByTheSameSwap() {
        assertThat(store.publish(Publication.ofPointers(DEV, List.of(swap("m0", "m1")))))
                .isEqualTo(new PointerMoved(TABLE, null));
        store.publish(Publication.ofPointers(DEV, List.of(swap(null, "m1"))));
        assertThat(store.publish(Publication.ofPointers(DEV, List.of(swap(null, "other")))))
                .isEqualTo(new PointerMoved(TABLE, "m1"));
        assertThat(store.publish(Publication.ofPointers(DEV, List.of(swap("other", null)))))
                .isEqualTo(new PointerMoved(TABLE, "m1"));
        store.publish(Publication.ofPointers(DEV, List.of(swap("m1", null))));

        assertThat(store.tables(DEV)).isEmpty();
    }

    @Test
    void replacesTheEarlierLoadOfTheSliceAndSupersedesItsGeneration() {
        var first = completed(request(0));
        var second = completed(request(0, Cause.RESTATE, 1));

        assertThat(store.generations(DEV, TRIPS, hour(0)))
                .extracting(Record::status)
                .containsExactly(Status.SUPERSEDED, Status.COMPLETED);
        assertThat(store.loadHistory(DEV, TRIPS, hour(0)))
                .satisfiesExactly(
                        replaced -> {
                            assertThat(replaced.loadId())
                                    .isEqualTo(stagingOf(first).loadId());
                            assertThat(replaced.replacedBy())
                                    .isEqualTo(stagingOf(second).loadId());
                        },
                        current -> assertThat(current.published()).isTrue());
        assertThat(store.loads(DEV, TRIPS)).hasSize(1);
        assertThat(store.loadById(stagingOf(first).loadId())).isPresent();
    }

    @Test
    void doesNotLoseThePublishedLoadWhenTheFenceIsRaised() {
        var first = completed(request(0));
        claimed(request(0, Cause.RESTATE, 1));

        assertThat(store.load(DEV, TRIPS, hour(0)).orElseThrow().loadId())
                .isEqualTo(stagingOf(first).loadId());
        assertThat(store.record(first.id()).orElseThrow().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void publishesTheSamePublicationOnlyOnce() {
        var record = staged(claimed(request(0)));
        var publication = Publication.of(DEV, List.of(load(record)), List.of(swap(null, "m1")));
        var first = store.publish(publication);

        var again = store.publish(publication);

        assertThat(again).isEqualTo(first);
        assertThat(store.loadHistory(DEV, TRIPS, hour(0))).hasSize(1);
    }

    @Test
    void refusesAnotherLoadUnderATokenThatHasPublished() {
        var record = published(staged(claimed(request(0))));

        assertThatThrownBy(() ->
                        store.publish(Publication.of(DEV, List.of(load(record, loadId())), List.of(swap(null, "m1")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("published already");
        assertThat(store.tables(DEV)).isEmpty();
        assertThat(store.loadHistory(DEV, TRIPS, hour(0))).hasSize(1);
    }

    @Test
    void refusesAPublicationOfWhichAPartWasPublishedBefore() {
        var first = staged(claimed(request(0)));
        var second = staged(claimed(request(1)));
        publish(first);

        assertThatThrownBy(() -> store.publish(Publication.of(DEV, List.of(load(first), load(second)), List.of())))
                .hasMessageContaining("some loads of a publication were published before");
        assertThat(store.load(DEV, TRIPS, hour(1))).isEmpty();
    }

    @Test
    void publishesManySlicesInOneGo() {
        var records = store.claim(DEV, TRIPS, requests(0, 256), new Claimant(ME, run, LEASE))
                .won();
        var staged = store.staged(records.stream()
                        .map(record -> new Staged(record, staging()))
                        .toList())
                .orThrow();

        var result = store.publish(Publication.of(
                DEV, staged.stream().map(StateStoreContract::load).toList(), List.of(swap(null, "m1"))));

        assertThat(result).isInstanceOf(Published.class);
        assertThat(store.loads(DEV, TABLE)).hasSize(256);
    }

    @Test
    void saysThatTheOutcomeIsUnknownWhenTheAnswerToACommitIsLost() {
        var record = staged(claimed(request(0)));
        System.setProperty(FaultPoint.PROPERTY, "publish.after_commit:1:error");

        var result = publish(record);

        assertThat(result).isInstanceOf(Unknown.class);
        assertThat(store.loadById(stagingOf(record).loadId())).isPresent();
    }

    @Test
    void writesNothingIfItFailsBeforeTheCommit() {
        var record = staged(claimed(request(0)));
        System.setProperty(FaultPoint.PROPERTY, "publish.before_commit:1:error");

        assertThatThrownBy(() -> publish(record)).hasMessageContaining("fault injected");

        assertThat(store.loadById(stagingOf(record).loadId())).isEmpty();
        assertThat(reread(record)).isEqualTo(record);
        assertThat(publish(record)).isInstanceOf(Published.class);
    }
}
