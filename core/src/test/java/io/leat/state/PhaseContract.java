package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.name.ErrorCode;
import io.leat.state.PhaseTimes.PhaseStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a record goes through its phases, and that only its holder moves it. */
abstract class PhaseContract extends StateStoreContract {

    @Test
    void keepsWhatWasStagedWordForWord() {
        var staging = staging();

        var record = store.staged(List.of(new Staged(claimed(request(0)), staging)))
                .orThrow()
                .getFirst();

        assertThat(record.staging()).isEqualTo(staging);
        assertThat(record.completed(Phase.SOURCE_TO_STAGE)).isTrue();
        assertThat(record.nextPhase()).contains(Phase.STAGE_TO_TARGET);
        assertThat(record.sourceToStage().status()).isEqualTo(PhaseStatus.COMPLETED);
        assertThat(record.sourceToStage().took()).isPresent();
        assertThat(record.stageToTarget().status()).isEqualTo(PhaseStatus.IN_PROGRESS);
        assertThat(record).isEqualTo(reread(record));
    }

    @Test
    void stagesAgainBeforePublishingButNotAfter() {
        var record = staged(claimed(request(0)));
        var again = staged(record);
        assertThat(stagingOf(again).loadId()).isNotEqualTo(stagingOf(record).loadId());
        var published = published(again);

        assertThatThrownBy(() -> staged(published))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("published already");
    }

    @Test
    void completesWithTheCountsOfTheAudit() {
        var record = completed(request(0));

        assertThat(record.status()).isEqualTo(Status.COMPLETED);
        assertThat(record.phaseCompleted()).isEqualTo(Phase.AUDIT);
        assertThat(record.auditResult()).isEqualTo(Record.AuditResult.PASS);
        assertThat(record.targetCount()).isEqualTo(10);
        assertThat(record.countDifference()).contains(0L);
        assertThat(record.audit().status()).isEqualTo(PhaseStatus.COMPLETED);
        assertThat(record.ended()).isNotNull();
        assertThat(record.lease()).isNotNull().extracting(Lease::until).isNull();
        assertThat(record).isEqualTo(reread(record));
    }

    @Test
    void completesNothingThatWasNotPublished() {
        var record = staged(claimed(request(0)));

        assertThat(store.completed(List.of(new Completion(record, 10))).lost()).containsExactly(record);
        assertThat(reread(record)).isEqualTo(record);
    }

    @Test
    void writesThoseOfABatchThatAreHeldAndReportsTheOthers() {
        var mine = claimed(request(0));
        var lost = claimed(store, request(1), DEAD);
        var thief = claimed(request(1));

        var written = store.staged(List.of(new Staged(lost, staging()), new Staged(mine, staging())));

        assertThat(written.lost()).containsExactly(lost);
        assertThat(written.updated()).extracting(Record::id).containsExactly(mine.id());
        assertThat(reread(thief)).isEqualTo(thief);
        assertThatThrownBy(written::orThrow)
                .isInstanceOf(LostLeaseException.class)
                .satisfies(failure ->
                        assertThat(((LostLeaseException) failure).code()).isEqualTo(ErrorCode.LEASE_LOST));
    }

    @Test
    void refusesEveryWriteOfWhoeverHasLostTheRecord() {
        var lost = staged(claimed(store, request(0), DEAD));
        var thief = claimed(request(0));

        assertThat(store.staged(List.of(new Staged(lost, staging()))).lost()).hasSize(1);
        assertThat(store.skipped(List.of(new Skip(lost, "same"))).lost()).hasSize(1);
        assertThat(store.failed(List.of(new Failure(lost, ErrorCode.NETWORK, "cut", null)))
                        .lost())
                .hasSize(1);
        assertThat(store.release(List.of(lost), "stop").lost()).hasSize(1);
        assertThat(store.renew(List.of(lost), LEASE).lost()).hasSize(1);
        assertThat(store.completed(List.of(new Completion(lost, 10))).lost()).hasSize(1);
        assertThat(store.violated(List.of(new Violation(lost, 9, ErrorCode.INTEGRITY, "one is gone")))
                        .lost())
                .hasSize(1);
        assertThat(publish(lost)).isEqualTo(new PublishResult.LostFences(List.of(lost)));
        assertThat(reread(thief)).isEqualTo(thief);
        assertThat(store.events(lost.id())).hasSize(1);
    }

    @Test
    void keepsWhatIsStagedWhenAnAttemptFails() {
        var record = staged(claimed(request(0)));

        var failed = store.failed(new Failure(record, ErrorCode.CHECK_FAILED, "too few rows", null));

        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.errorCode()).isEqualTo(ErrorCode.CHECK_FAILED);
        assertThat(failed.reason()).isEqualTo("too few rows");
        assertThat(failed.staging()).isEqualTo(record.staging());
        assertThat(failed.stageToTarget().status()).isEqualTo(PhaseStatus.FAILED);
        assertThat(failed.ended()).isNotNull();
        assertThat(failed.attempt()).isZero();
        assertThat(store.load(DEV, TRIPS, hour(0))).isEmpty();
    }

    @Test
    void skipsWithAReasonAndLeavesThePublishedGenerationAlone() {
        var first = completed(request(0));
        var second = claimed(request(0, Cause.LOOKBACK, 1));

        var skipped = store.skipped(List.of(new Skip(second, "10 rows in source and target")))
                .orThrow()
                .getFirst();

        assertThat(skipped.status()).isEqualTo(Status.SKIPPED);
        assertThat(skipped.status().done()).isTrue();
        assertThat(skipped.reason()).isEqualTo("10 rows in source and target");
        assertThat(skipped.sourceToStage().status()).isEqualTo(PhaseStatus.SKIPPED);
        assertThat(store.generations(DEV, TRIPS, hour(0))).containsExactly(first, skipped);
    }

    @Test
    void quarantinesTheLoadWhoseAuditFailsUntilItPassesOrIsReplaced() {
        var record = published(staged(claimed(request(0))));

        var failed = store.violated(List.of(new Violation(record, 9, ErrorCode.INTEGRITY, "one row is gone")))
                .orThrow()
                .getFirst();

        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.auditResult()).isEqualTo(Record.AuditResult.FAIL);
        assertThat(failed.countDifference()).contains(-1L);
        assertThat(failed.phaseCompleted()).isEqualTo(Phase.STAGE_TO_TARGET);
        assertThat(store.load(DEV, TRIPS, hour(0)).orElseThrow().quarantine()).isEqualTo("one row is gone");

        store.reopen(List.of(failed), "the file was restored");
        var again = claimed(request(0));
        assertThat(again.nextPhase()).contains(Phase.AUDIT);
        store.completed(List.of(new Completion(again, 10))).orThrow();
        assertThat(store.load(DEV, TRIPS, hour(0)).orElseThrow().quarantine()).isNull();
    }

    @Test
    void quarantinesTheLoadThatAnEarlierHolderPublished() {
        published(staged(claimed(store, request(0), DEAD)));
        var taken = claimed(request(0));

        store.violated(List.of(new Violation(taken, 9, ErrorCode.INTEGRITY, "one row is gone")))
                .orThrow();

        assertThat(store.load(DEV, TRIPS, hour(0)).orElseThrow().quarantine()).isEqualTo("one row is gone");
    }

    @Test
    void keepsCheckResultsByAttempt() {
        var record = claimed(request(0));
        store.check(
                DEV,
                List.of(
                        new CheckResult(record.id(), 0, "enough", Verdict.FAIL, "0", ">= 1", "no rows", FIRST),
                        new CheckResult(record.id(), 1, "enough", Verdict.PASS, "10", ">= 1", "10 rows", FIRST),
                        new CheckResult(record.id(), 1, "once", Verdict.WARN, null, null, "2 twice", FIRST)));

        assertThat(store.checks(record.id())).extracting(CheckResult::attempt).containsExactly(1, 1, 0);
        assertThat(store.troubledChecks(DEV, 10))
                .extracting(CheckResult::verdict)
                .containsExactly(Verdict.WARN, Verdict.FAIL);
        assertThat(store.checks(record.id()))
                .allSatisfy(result -> assertThat(result.at()).isAfter(FIRST));
    }
}
