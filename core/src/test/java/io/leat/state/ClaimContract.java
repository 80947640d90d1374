package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.name.ErrorCode;
import io.leat.state.ClaimResult.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may work on a slice, and until when. */
abstract class ClaimContract extends StateStoreContract {

    @Test
    void opensTheFirstGenerationOfANewSlice() {
        var record = claimed(request(0));

        assertThat(record.generation()).isEqualTo(1);
        assertThat(record.status()).isEqualTo(Status.IN_PROGRESS);
        assertThat(record.attempt()).isZero();
        assertThat(record.cause()).isEqualTo(Cause.NEW);
        assertThat(record.name()).isEqualTo("trips@2024-01-01T00");
        assertThat(record.nextPhase()).contains(Phase.SOURCE_TO_STAGE);
        assertThat(record.sourceToStage().status()).isEqualTo(PhaseTimes.PhaseStatus.IN_PROGRESS);
        assertThat(record.started()).isEqualTo(record.created());
        assertThat(record).isEqualTo(reread(record));
    }

    @Test
    void drawsAGreaterTokenForEachClaimAndRaisesTheFence() {
        var two = claim(request(0), request(1)).won();
        var third = claimed(request(2));

        assertThat(two.get(0).token()).isLessThan(two.get(1).token());
        assertThat(two.get(1).token()).isLessThan(third.token());
        assertThat(store.fence(DEV, TRIPS, hour(1))).hasValue(two.get(1).token());
        assertThat(store.fence(DEV, TRIPS, hour(3))).isEmpty();
    }

    @Test
    void leavesAHeldSliceToItsHolder() {
        var held = claimed(store, request(0), FAR);

        var result = claim(request(0), request(1));

        assertThat(result.won()).extracting(Record::slice).containsExactly(hour(1));
        assertThat(result.lost()).singleElement().satisfies(lost -> {
            assertThat(lost.why()).isEqualTo(Why.HELD);
            assertThat(lost.record()).isEqualTo(held);
        });
    }

    @Test
    void givesASliceAskedForTwiceInOneClaimOnlyOnce() {
        var result = claim(request(0), request(0));

        assertThat(result.won()).hasSize(1);
        assertThat(result.lost()).extracting(ClaimResult.Lost::why).containsExactly(Why.HELD);
    }

    @Test
    void takesOverWhenTheLeaseHasRunOutByTheStoresClock() {
        var held = staged(claimed(store, request(0), FAR));
        var later = opened(LEASE.plusSeconds(1));

        var taken = claimed(later, request(0), ME);

        assertThat(taken.id()).isEqualTo(held.id());
        assertThat(taken.generation()).isEqualTo(1);
        assertThat(taken.attempt()).isEqualTo(1);
        assertThat(taken.token()).isGreaterThan(held.token());
        assertThat(taken.phaseCompleted()).isEqualTo(Phase.SOURCE_TO_STAGE);
        assertThat(taken.staging()).isEqualTo(held.staging());
        assertThat(store.fence(DEV, TRIPS, hour(0))).hasValue(taken.token());
        assertThat(store.events(taken.id())).extracting(RecordEvent::kind).containsExactly(RecordEvent.Kind.TAKEN_OVER);
    }

    @Test
    void doesNotTakeOverJustBeforeTheLeaseRunsOut() {
        claimed(store, request(0), FAR);
        var later = opened(LEASE.minusSeconds(30));

        assertThat(later.claim(DEV, TRIPS, requests(0, 1), new Claimant(ME, run, LEASE))
                        .won())
                .isEmpty();
    }

    @Test
    void takesOverAtOnceFromADeadProcessOfThisMachine() {
        var held = claimed(store, request(0), DEAD);

        var taken = claimed(request(0));

        assertThat(taken.token()).isGreaterThan(held.token());
        assertThat(taken.attempt()).isEqualTo(1);
    }

    @Test
    void renewsLeasesSoThatNobodyTakesThemOver() {
        var held = claimed(store, request(0), FAR);
        var later = opened(Duration.ofSeconds(60));

        var renewed = later.renew(List.of(held), LEASE).orThrow().getFirst();

        assertThat(renewed.lease()).isNotNull();
        var after = opened(LEASE.plusSeconds(10));
        assertThat(after.claim(DEV, TRIPS, requests(0, 1), new Claimant(ME, run, LEASE))
                        .lost())
                .extracting(ClaimResult.Lost::why)
                .containsExactly(Why.HELD);
    }

    @Test
    void reportsLeasesThatCouldNotBeRenewedBecauseTheyAreLost() {
        var lost = claimed(store, request(0), DEAD);
        claimed(request(0));
        var mine = claimed(request(1));

        var written = store.renew(List.of(lost, mine), LEASE);

        assertThat(written.lost()).containsExactly(lost);
        assertThat(written.updated()).extracting(Record::id).containsExactly(mine.id());
    }

    @Test
    void opensTheNextGenerationOnlyDirectlyAfterTheNamedOne() {
        var first = completed(request(0));

        assertThat(claim(request(0)).lost()).extracting(ClaimResult.Lost::why).containsExactly(Why.DONE);
        assertThat(claim(request(0, Cause.RESTATE, 2)).lost())
                .extracting(ClaimResult.Lost::why)
                .containsExactly(Why.CHANGED);
        var second = claimed(request(0, Cause.RESTATE, 1));

        assertThat(second.generation()).isEqualTo(2);
        assertThat(second.cause()).isEqualTo(Cause.RESTATE);
        assertThat(second.staging()).isNull();
        assertThat(store.generations(DEV, TRIPS, hour(0))).containsExactly(first, second);
        assertThat(store.record(DEV, TRIPS, hour(0))).contains(second);
    }

    @Test
    void letsOnlyOneOfTwoPlannersOpenTheSameGeneration() {
        completed(request(0));
        completed(request(0, Cause.LATE, 1));

        var slower = claim(request(0, Cause.LATE, 1));

        assertThat(slower.won()).isEmpty();
        assertThat(slower.lost()).extracting(ClaimResult.Lost::why).containsExactly(Why.DONE);
    }

    @Test
    void waitsForNotBeforeByTheStoresClock() {
        var record = claimed(request(0));
        var pending = store.failed(
                new Failure(record, ErrorCode.NETWORK, "cut off", store.now().plusSeconds(60)));

        assertThat(pending.status()).isEqualTo(Status.PENDING);
        assertThat(pending.attempt()).isEqualTo(1);
        assertThat(claim(request(0)).lost()).extracting(ClaimResult.Lost::why).containsExactly(Why.NOT_YET);
        assertThat(store.claimable(DEV, TRIPS, 10)).isEmpty();
        var later = opened(Duration.ofSeconds(61));
        assertThat(later.claimable(DEV, TRIPS, 10)).extracting(Record::id).containsExactly(record.id());
        var again = claimed(later, request(0), ME);
        assertThat(again.attempt()).isEqualTo(1);
        assertThat(again.errorCode()).isNull();
        assertThat(store.events(record.id())).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(RecordEvent.Kind.RETRY);
            assertThat(event.code()).isEqualTo(ErrorCode.NETWORK);
            assertThat(event.reason()).isEqualTo("cut off");
        });
    }

    @Test
    void sweepsWhatNobodyLivingHolds() {
        var dead = claimed(store, request(0), DEAD);
        var far = claimed(store, request(1), FAR);
        var mine = claimed(request(2));

        assertThat(store.claimable(DEV, TRIPS, 10)).extracting(Record::id).containsExactly(dead.id());
        var swept = store.sweep(DEV);

        assertThat(swept).singleElement().satisfies(record -> {
            assertThat(record.id()).isEqualTo(dead.id());
            assertThat(record.status()).isEqualTo(Status.PENDING);
            assertThat(record.attempt()).isEqualTo(1);
            assertThat(record.token()).isGreaterThan(mine.token());
        });
        assertThat(store.fence(DEV, TRIPS, hour(0)).getAsLong()).isGreaterThan(dead.token());
        var later = opened(LEASE.plusSeconds(1));
        assertThat(later.sweep(DEV)).extracting(Record::id).containsExactly(far.id(), mine.id());
        assertThat(store.sweep(DEV)).isEmpty();
        assertThat(claimed(request(0)).attempt()).isEqualTo(1);
    }

    @Test
    void givesReleasedRecordsBackAtOnceWithoutCountingAnAttempt() {
        var record = staged(claimed(request(0)));

        var released = store.release(List.of(record), "interrupted").orThrow().getFirst();

        assertThat(released.status()).isEqualTo(Status.PENDING);
        assertThat(released.reason()).isEqualTo("interrupted");
        var again = claimed(request(0));
        assertThat(again.attempt()).isZero();
        assertThat(again.staging()).isEqualTo(record.staging());
    }

    @Test
    void recordsARefusedSliceAsFailed() {
        var refused =
                store.refuse(DEV, TRIPS, request(0), run, ErrorCode.EMPTY_RECORD_KEY, "the record key 'day' is empty");

        assertThat(refused.status()).isEqualTo(Status.FAILED);
        assertThat(refused.errorCode()).isEqualTo(ErrorCode.EMPTY_RECORD_KEY);
        assertThat(refused).isEqualTo(reread(refused));
    }

    @Test
    void refusesNothingThatSomebodyElseHolds() {
        var held = claimed(store, request(0), FAR);

        assertThat(store.refuse(DEV, TRIPS, request(0), run, ErrorCode.EMPTY_RECORD_KEY, "empty"))
                .isEqualTo(held);
    }

    @Test
    void claimsNothingWhenAskedForNothing() {
        assertThat(claim().won()).isEmpty();
        assertThat(claim(request(0, Cause.LATE, 3)).lost())
                .extracting(ClaimResult.Lost::why)
                .containsExactly(Why.CHANGED);
        assertThat(store.renew(List.of(), LEASE).updated()).isEmpty();
    }

    @Test
    void cancelsAndReopens() {
        var record = claimed(request(0));

        assertThat(store.cancel(List.of(record), "not wanted"))
                .extracting(Record::status)
                .containsExactly(Status.CANCELLED);
        assertThat(store.failed(List.of(new Failure(record, ErrorCode.NETWORK, "late", null)))
                        .lost())
                .containsExactly(record);
        assertThat(claim(request(0)).lost()).extracting(ClaimResult.Lost::why).containsExactly(Why.DONE);
        assertThat(store.reopen(List.of(record), "wanted after all"))
                .extracting(Record::status)
                .containsExactly(Status.PENDING);
        assertThat(claimed(request(0)).attempt()).isEqualTo(1);
        assertThat(store.reopen(List.of(record), "again")).isEmpty();
    }

    @Test
    void whatWaitsForItsNextAttemptIsClaimedAtOnceIfItIsReopened() {
        Record record = claimed(request(0));
        store.failed(List.of(
                new Failure(record, ErrorCode.NETWORK, "gone", Instant.now().plusSeconds(3600))));
        assertThat(claim(request(0)).lost()).extracting(ClaimResult.Lost::why).containsExactly(Why.NOT_YET);

        assertThat(store.reopen(List.of(record), "a person does not wait"))
                .extracting(Record::status)
                .containsExactly(Status.PENDING);

        assertThat(claimed(request(0)).generation()).isEqualTo(record.generation());
    }

    @Test
    void goesOnWithWhatHasFailedIfThatIsWished() {
        var record = staged(claimed(request(0)));
        store.failed(new Failure(record, ErrorCode.NETWORK, "cut off", null, "source and pipeline"));
        assertThat(reread(record).failedOn()).isEqualTo("source and pipeline");

        assertThat(claim(request(0)).lost())
                .as("a wish that knows of no failure")
                .extracting(ClaimResult.Lost::why)
                .containsExactly(Why.DONE);
        var again = claimed(request(0, Cause.RETRY, 0));
        assertThat(again.id()).isEqualTo(record.id());
        assertThat(again.generation()).isEqualTo(1);
        assertThat(again.cause()).isEqualTo(Cause.NEW);
        assertThat(again.attempt()).isEqualTo(1);
        assertThat(again.phaseCompleted()).as("what was staged is kept").isEqualTo(Phase.SOURCE_TO_STAGE);
        assertThat(again.ended()).isNull();
        assertThat(store.events(record.id()))
                .extracting(RecordEvent::kind)
                .containsExactly(RecordEvent.Kind.FAILED, RecordEvent.Kind.REOPENED);
        assertThat(store.fence(DEV, TRIPS, hour(0))).hasValue(again.token());
    }

    @Test
    void opensTheNextGenerationAfterAFailureForWhoeverWishesThat() {
        store.failed(new Failure(claimed(request(0)), ErrorCode.CHECK_FAILED, "bad", null));

        var next = claimed(request(0, Cause.RESTATE, 1));

        assertThat(next.generation()).isEqualTo(2);
        assertThat(next.cause()).isEqualTo(Cause.RESTATE);
    }

    private ClaimResult claimWithin(int maxActive, Owner owner, int from, int to) {
        return store.claim(DEV, TRIPS, requests(from, to), new Claimant(owner, run, LEASE, maxActive));
    }

    @Test
    void claimsNoMoreOfAPipelineAtOnceThanTheClaimantMay() {
        var together = claimWithin(2, ME, 0, 3);
        assertThat(together.won()).as("one claim of three").hasSize(3);
        assertThat(together.won())
                .extracting(record -> record.lease().claim())
                .containsOnly(together.won().getFirst().token());
        assertThat(claimWithin(2, FAR, 3, 4).won()).hasSize(1);

        assertThat(claimWithin(2, ME, 4, 6).lost())
                .extracting(ClaimResult.Lost::why)
                .containsExactly(Why.LIMIT, Why.LIMIT);
        assertThat(store.record(DEV, TRIPS, hour(4))).isEmpty();

        store.release(together.won(), "given back");
        assertThat(claimWithin(2, ME, 4, 6).won()).hasSize(2);
    }

    @Test
    void whatTheDeadHoldDoesNotCount() {
        claimWithin(1, DEAD, 0, 1);

        assertThat(claimWithin(1, ME, 1, 2).won()).hasSize(1);
    }

    @Test
    void whatNobodyRenewsDoesNotCount() {
        claimWithin(1, FAR, 0, 1);
        var later = opened(LEASE.plusSeconds(1));

        assertThat(later.claim(DEV, TRIPS, requests(1, 2), new Claimant(ME, run, LEASE, 1))
                        .won())
                .hasSize(1);
    }

    @Test
    void saysWhichRecordsOfAClaimAreStillHeld() {
        var won = claimWithin(1, ME, 0, 3).won();
        long claim = won.getFirst().lease().claim();
        store.cancel(List.of(won.getFirst()), "not wanted");
        store.failed(List.of(new Failure(won.get(1), ErrorCode.NETWORK, "cut", null)));

        assertThat(store.held(claim)).containsExactly(won.get(2).id());
    }
}
