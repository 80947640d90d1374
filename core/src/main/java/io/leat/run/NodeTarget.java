package io.leat.run;

import io.leat.project.Concurrency;
import io.leat.project.Node;
import io.leat.project.Retries;
import io.leat.schema.AuditLevel;
import io.leat.target.Target;

/**
 * A pipeline or model and where its rows go.
 *
 * @param fingerprint of all that decides what the rows look like, apart from the source
 * @param groups whether its slices may be loaded by one query and one commit
 * @param audit how closely what was staged and what readers see are compared
 * @param retries what happens when something fails that may work later
 */
record NodeTarget(
        Node node,
        Target target,
        String fingerprint,
        boolean groups,
        AuditLevel audit,
        Concurrency concurrency,
        Retries retries) {

    /** The most slices that are claimed together. */
    int together() {
        return groups ? concurrency.together() : 1;
    }
}
