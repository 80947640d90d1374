package io.leat.run;

import io.leat.project.Node;
import io.leat.source.Copies;
import io.leat.storage.LocalStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The slots of one process: each has a query session of its own, and an equal share of memory and threads. */
final class Slots implements AutoCloseable {

    private final List<Session> sessions = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();
    private final Copies copies;

    private Slots(Copies copies) {
        this.copies = copies;
    }

    static Slots open(int count, Path temp, Opening opening) {
        var copies = new Copies(temp.resolve("copies"));
        var slots = new Slots(copies);
        LocalStore.createFolders(copies.folder());
        try {
            for (int number = 0; number < count; number++) {
                Path folder = temp.resolve("slot-" + number);
                LocalStore.createFolders(folder);
                Session session = opening.session(folder);
                slots.sessions.add(session);
                slots.slots.add(new Slot(session, node -> loader(session, node, copies)));
            }
            return slots;
        } catch (RuntimeException e) {
            slots.close();
            throw e;
        }
    }

    /** Opens a session that spills into a folder. */
    @FunctionalInterface
    interface Opening {
        Session session(Path spill);
    }

    /** A runner that uses all of them; one at a time. */
    Runner runner(RunListener listener, BooleanSupplier stopped) {
        return new Runner(slots, sessions.getFirst(), listener, stopped);
    }

    /** See {@link Regrid#carryOut}. */
    List<SliceOutcome> regrid(Regrid regrid, RegridPlan plan) {
        return regrid.carryOut(plan, sessions.getFirst(), copies);
    }

    private static SliceLoader loader(Session session, Node node, Copies copies) {
        return session.project()
                .pipeline(node)
                .<SliceLoader>map(pipeline -> pipeline.window().isPresent()
                        ? new WindowLoader(session, node, pipeline, copies)
                        : new PipelineLoader(session, node, pipeline, copies))
                .orElseGet(() -> new ModelLoader(
                        session, node, session.project().model(node).orElseThrow()));
    }

    @Override
    public void close() {
        sessions.reversed().forEach(session -> session.duck().close());
    }
}
