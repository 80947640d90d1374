package io.leat.cli;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets work that goes on end in order when the process is asked to stop (SIGINT, SIGTERM): the JVM waits, for a while, until the
 * watch is closed, and then ends with 130 or 143.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "leat-stop");
    private final PrintStream messages;
    private final Runnable onRequest;
    private volatile boolean requested;

    private Interruption(PrintStream messages, Runnable onRequest) {
        this.messages = messages;
        this.onRequest = onRequest;
    }

    /**
     * @param onRequest run once, in another thread, when the process is asked to stop
     */
    static Interruption watch(PrintStream messages, Runnable onRequest) {
        var watch = new Interruption(messages, onRequest);
        Runtime.getRuntime().addShutdownHook(watch.hook);
        return watch;
    }

    /** Whether the process was asked to stop. */
    boolean requested() {
        return requested;
    }

    private void stop() {
        requested = true;
        onRequest.run();
        try {
            boolean inOrder = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!inOrder) {
                messages.println("not finished in time: ending now; the next run goes on from here");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        finished.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException alreadyStopping) {
                // the hook runs and has been told that the work is finished
            }
        }
    }
}
