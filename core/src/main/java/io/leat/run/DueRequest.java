package io.leat.run;

/**
 * What is asked of a pipeline or model by the calendar: which time, and who asks.
 *
 * @param occasion decides whether what failed before is tried again, and whether the schedule counts
 */
record DueRequest(Scope scope, Occasion occasion) {

    /** Who asks. */
    enum Occasion {
        /** A worker: what failed for good stays so until something changes or a person asks. */
        PLANNED,
        /** A person who runs everything that is due: what failed is tried again. */
        ASKED,
        /** A person who names this pipeline or model: its schedule does not count where the whole source is one slice. */
        NAMED
    }

    boolean retriesFailed() {
        return occasion != Occasion.PLANNED;
    }
}
