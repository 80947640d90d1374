package io.leat.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Lets work that goes on end in order when the process is asked to stop (SIGINT, SIGTERM): it is told once, and the program ends
 * with 130 or 143 when it is done. Who asks twice, or waits too long, ends the process at once.
 *
 * @implNote Signals are handled, not the end of the JVM: with that the libraries end their threads too, and a commit that
 *     needs one fails in the middle.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;
    private static final int BY_SIGNAL = 128;

    private final Session session;
    private final Runnable onRequest;
    private final CountDownLatch finished = new CountDownLatch(1);
    private final List<Restoring> restoring = new ArrayList<>();
    private volatile boolean requested;

    /** A signal, and what it did before. */
    private record Restoring(Signal signal, SignalHandler before) {}

    private Interruption(Session session, Runnable onRequest) {
        this.session = session;
        this.onRequest = onRequest;
    }

    /**
     * @param onRequest run once, in another thread, when the process is asked to stop
     */
    static Interruption watch(Session session, Runnable onRequest) {
        var watch = new Interruption(session, onRequest);
        for (String name : List.of("INT", "TERM")) {
            try {
                var signal = new Signal(name);
                watch.restoring.add(new Restoring(signal, Signal.handle(signal, watch::asked)));
            } catch (IllegalArgumentException keptByTheSystem) {
                // then it ends the process, and the next run goes on from there
            }
        }
        return watch;
    }

    /** Whether the process was asked to stop. */
    boolean requested() {
        return requested;
    }

    private void asked(Signal signal) {
        int exitCode = BY_SIGNAL + signal.getNumber();
        if (requested) {
            end("ending now", exitCode);
        }
        requested = true;
        session.stopped(exitCode);
        Thread.ofPlatform().daemon().name("leat-stop").start(() -> {
            onRequest.run();
            try {
                if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    end("not finished in time: ending now", exitCode);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void end(String message, int exitCode) {
        PrintStream messages = session.messages();
        messages.println(message);
        messages.flush();
        Runtime.getRuntime().halt(exitCode);
    }

    @Override
    public void close() {
        finished.countDown();
        restoring.forEach(each -> Signal.handle(each.signal(), each.before()));
    }
}
