package io.leat.run;

import io.leat.project.Node;
import io.leat.project.Selection;
import java.util.Optional;

/**
 * What a run is asked for.
 *
 * @param only pipelines or models alone; empty: both
 * @param slots how many groups of slices are loaded at once; they share memory and threads
 */
public record RunRequest(Selection selection, Scope scope, Optional<Node.Kind> only, int slots) {

    public static final RunRequest EVERYTHING = new RunRequest(Selection.ALL, Scope.EVERYTHING, Optional.empty());

    public RunRequest {
        if (slots < 1) {
            throw new IllegalArgumentException("a run needs a slot, but found " + slots);
        }
    }

    /** With one slot. */
    public RunRequest(Selection selection, Scope scope, Optional<Node.Kind> only) {
        this(selection, scope, only, 1);
    }

    /** The same with so many slots. */
    public RunRequest withSlots(int wanted) {
        return new RunRequest(selection, scope, only, wanted);
    }

    DueRequest dueOf(Node node) {
        return new DueRequest(scope, selection.names(node) ? DueRequest.Occasion.NAMED : DueRequest.Occasion.ASKED);
    }

    boolean wants(Node node) {
        return only.isEmpty() || only.get() == node.kind();
    }
}
