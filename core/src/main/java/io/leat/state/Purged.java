package io.leat.state;

/** How many rows were deleted, or would be. */
public record Purged(long records, long events, long checks, long loads, long runs, long auditEntries) {

    static final Purged NOTHING = new Purged(0, 0, 0, 0, 0, 0);

    Purged plus(Purged other) {
        return new Purged(
                records + other.records,
                events + other.events,
                checks + other.checks,
                loads + other.loads,
                runs + other.runs,
                auditEntries + other.auditEntries);
    }

    public boolean isNothing() {
        return equals(NOTHING);
    }
}
