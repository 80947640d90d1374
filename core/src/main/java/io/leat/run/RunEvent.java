package io.leat.run;

import io.leat.project.Node;

/** What happens during a run, in order, for whoever shows or logs it. */
public sealed interface RunEvent {

    /** A pipeline or model has work: so many slices are due. */
    record NodeStarted(Node node, long due) implements RunEvent {}

    /** A pipeline or model has nothing to do, or has to wait, and why. */
    record NodeIdle(Node node, String reason) implements RunEvent {}

    /** A slice ended. */
    record SliceEnded(Node node, SliceOutcome outcome) implements RunEvent {}

    /** How far a pipeline or model is, in slices and source rows. */
    record Progress(Node node, long done, long due, long rows) implements RunEvent {}

    /** A pipeline or model is finished. */
    record NodeEnded(Node node, NodeReport report) implements RunEvent {}
}
