package io.leat.run;

/** Hears what happens during a run; called by one thread at a time. */
@FunctionalInterface
public interface RunListener {

    RunListener SILENT = event -> {};

    void event(RunEvent event);

    /** Both hear everything, this one first. */
    default RunListener and(RunListener other) {
        return event -> {
            event(event);
            other.event(event);
        };
    }
}
