package io.leat.state;

/** How far a record has come, in this order. */
public enum Phase {
    /** Rows are read, judged and staged; nobody sees them. */
    SOURCE_TO_STAGE,
    /** Staged rows are published, with the ledger, in one transaction. */
    STAGE_TO_TARGET,
    /** What readers see is counted again and compared with the ledger. */
    AUDIT
}
