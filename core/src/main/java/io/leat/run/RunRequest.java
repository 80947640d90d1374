package io.leat.run;

import io.leat.project.Node;
import io.leat.project.Selection;
import io.leat.state.Phase;
import java.util.Optional;

/**
 * What a run is asked for.
 *
 * @param only pipelines or models alone; empty: both
 * @param slots how many groups of slices are loaded at once; they share memory and threads
 */
public record RunRequest(Selection selection, Scope scope, Optional<Node.Kind> only, int slots, Demand demand) {

    public static final RunRequest EVERYTHING = new RunRequest(Selection.ALL, Scope.EVERYTHING, Optional.empty());

    public RunRequest {
        if (slots < 1) {
            throw new IllegalArgumentException("a run needs a slot, but found " + slots);
        }
    }

    /** Of what is due, with one slot. */
    public RunRequest(Selection selection, Scope scope, Optional<Node.Kind> only) {
        this(selection, scope, only, 1, Demand.ByCalendar.ASKED);
    }

    /** The same with so many slots. */
    public RunRequest withSlots(int wanted) {
        return new RunRequest(selection, scope, only, wanted, demand);
    }

    /** The same, but records are taken through one phase alone. */
    public RunRequest onlyPhase(Phase phase) {
        return demanding(new Demand.OfPhase(phase));
    }

    /** The same for something else than what is due. */
    RunRequest demanding(Demand wanted) {
        return new RunRequest(selection, scope, only, slots, wanted);
    }

    boolean wants(Node node) {
        return (only.isEmpty() || only.get() == node.kind()) && demand.concerns(node);
    }
}
