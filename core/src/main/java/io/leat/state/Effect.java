package io.leat.state;

import io.leat.name.FaultPoint;

/** The kinds of transactions that write, with the places where tests break them. */
enum Effect {
    CLAIM(FaultPoint.CLAIM_BEFORE_COMMIT, FaultPoint.CLAIM_AFTER_COMMIT),
    RENEW(FaultPoint.RENEW_BEFORE_COMMIT, FaultPoint.RENEW_AFTER_COMMIT),
    STAGED(FaultPoint.STAGED_BEFORE_COMMIT, FaultPoint.STAGED_AFTER_COMMIT),
    PUBLISH(FaultPoint.PUBLISH_BEFORE_COMMIT, FaultPoint.PUBLISH_AFTER_COMMIT),
    COMPLETED(FaultPoint.COMPLETED_BEFORE_COMMIT, FaultPoint.COMPLETED_AFTER_COMMIT),
    SKIPPED(FaultPoint.SKIPPED_BEFORE_COMMIT, FaultPoint.SKIPPED_AFTER_COMMIT),
    FAILED(FaultPoint.FAILED_BEFORE_COMMIT, FaultPoint.FAILED_AFTER_COMMIT),
    RELEASED(FaultPoint.RELEASED_BEFORE_COMMIT, FaultPoint.RELEASED_AFTER_COMMIT),
    SWEEP(FaultPoint.SWEEP_BEFORE_COMMIT, FaultPoint.SWEEP_AFTER_COMMIT),
    RUN(FaultPoint.RUN_BEFORE_COMMIT, FaultPoint.RUN_AFTER_COMMIT),
    INDEX(FaultPoint.INDEX_BEFORE_COMMIT, FaultPoint.INDEX_AFTER_COMMIT),
    CHECKS(FaultPoint.CHECKS_BEFORE_COMMIT, FaultPoint.CHECKS_AFTER_COMMIT),
    MOVE(FaultPoint.MOVE_BEFORE_COMMIT, FaultPoint.MOVE_AFTER_COMMIT),
    IMPORT(FaultPoint.IMPORT_BEFORE_COMMIT, FaultPoint.IMPORT_AFTER_COMMIT),
    PURGE(FaultPoint.PURGE_BEFORE_COMMIT, FaultPoint.PURGE_AFTER_COMMIT);

    private final FaultPoint beforeCommit;
    private final FaultPoint afterCommit;

    Effect(FaultPoint beforeCommit, FaultPoint afterCommit) {
        this.beforeCommit = beforeCommit;
        this.afterCommit = afterCommit;
    }

    void beforeCommit() {
        beforeCommit.reached();
    }

    /** Committed, and the caller does not know it yet. */
    void afterCommit() {
        afterCommit.reached();
    }

    /** Whether it goes before others that wait: leases end while their renewals queue. */
    boolean urgent() {
        return this == RENEW;
    }

    /** Whether a store that has moved refuses it. */
    boolean needsStoreHere() {
        return this != MOVE;
    }

    /** Whether it may take as long as it takes. */
    boolean unbounded() {
        return this == IMPORT;
    }
}
