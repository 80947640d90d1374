package io.leat.run;

import io.leat.project.Node;
import io.leat.project.Selection;
import java.util.Optional;

/**
 * What a run is asked for.
 *
 * @param only pipelines or models alone; empty: both
 */
public record RunRequest(Selection selection, Scope scope, Optional<Node.Kind> only) {

    public static final RunRequest EVERYTHING = new RunRequest(Selection.ALL, Scope.EVERYTHING, Optional.empty());

    boolean wants(Node node) {
        return only.isEmpty() || only.get() == node.kind();
    }
}
