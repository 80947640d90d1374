package io.leat.run;

import io.leat.project.Node;
import io.leat.target.Target;

/**
 * A pipeline or model and where its rows go.
 *
 * @param fingerprint of all that decides what the rows look like, apart from the source
 * @param groups whether its slices may be loaded by one query and one commit
 */
record NodeTarget(Node node, Target target, String fingerprint, boolean groups) {}
