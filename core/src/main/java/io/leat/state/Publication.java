package io.leat.state;

import io.leat.name.EnvironmentName;
import java.util.List;

/**
 * All that becomes visible in one transaction, or not at all.
 *
 * @param loads written to the ledger, replacing the published load of the same slice; their records complete
 *     STAGE_TO_TARGET
 * @param retired windows whose rows and loads go with it
 * @param guards records whose claim must still hold although they are not published here (their rejects are)
 * @param swaps pointers of lake tables
 */
public record Publication(
        EnvironmentName environment,
        List<NewLoad> loads,
        Retirement retired,
        List<Record> guards,
        List<PointerSwap> swaps) {
    public Publication {
        loads = List.copyOf(loads);
        guards = List.copyOf(guards);
        swaps = List.copyOf(swaps);
    }

    /** Loads with the pointers that make them visible. */
    public static Publication of(EnvironmentName environment, List<NewLoad> loads, List<PointerSwap> swaps) {
        return new Publication(environment, loads, Retirement.NONE, List.of(), swaps);
    }

    /** Pointers alone: a created table, maintenance. */
    public static Publication ofPointers(EnvironmentName environment, List<PointerSwap> swaps) {
        return new Publication(environment, List.of(), Retirement.NONE, List.of(), swaps);
    }
}
