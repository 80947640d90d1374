package io.leat.state;

import io.leat.name.PipelineName;
import io.leat.name.RunId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** What one process of {@link ClaimRates} does: claims windows of a pipeline that all share, while it renews what it holds already. */
final class RateWork {
    private static final PipelineName HELD = new PipelineName("held");
    private static final Duration LEASE = Duration.ofMinutes(30);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int WARM_UP = 200;

    private RateWork() {}

    /**
     * Says {@code ready}, waits for a line, claims, and says {@code done}; then how long each renewal took meanwhile, in microseconds.
     *
     * @param arguments the number of the worker, how many windows it claims, and how many at once
     */
    @SuppressWarnings("SystemOut")
    static void run(StateStore store, String... arguments) throws IOException {
        int worker = Integer.parseInt(arguments[0]);
        int windows = Integer.parseInt(arguments[1]);
        int atOnce = Integer.parseInt(arguments[2]);
        var me = Owner.current();
        RunId run = store.startRun(StateStoreContract.DEV, "rate", List.of(), me);
        var claimant = new Claimant(me, run, LEASE);
        claim(store, new PipelineName("warm_up_" + worker), claimant, 0, WARM_UP, 1);
        var held = store.claim(StateStoreContract.DEV, HELD, StateStoreContract.requests(worker, worker + 1), claimant)
                .won();
        System.out.println("ready");
        if (System.in.read() < 0) {
            return;
        }
        Queue<Long> renewals = new ConcurrentLinkedQueue<>();
        var over = new AtomicBoolean();
        var renewing = Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                long begin = System.nanoTime();
                store.renew(held, LEASE).orThrow();
                renewals.add((System.nanoTime() - begin) / 1_000);
                LockSupport.parkNanos(PAUSE);
            }
        });
        claim(store, StateStoreContract.TRIPS, claimant, worker * windows, windows, atOnce);
        System.out.println("done");
        over.set(true);
        LockSupport.unpark(renewing);
        while (renewing.isAlive()) {
            LockSupport.parkNanos(PAUSE);
        }
        System.out.println(renewals.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }

    private static void claim(
            StateStore store, PipelineName pipeline, Claimant claimant, int first, int windows, int atOnce) {
        for (int from = first; from < first + windows; from += atOnce) {
            int to = Math.min(first + windows, from + atOnce);
            var claim = store.claim(StateStoreContract.DEV, pipeline, StateStoreContract.requests(from, to), claimant);
            if (claim.won().size() != to - from) {
                throw new IllegalStateException(claim.toString());
            }
        }
    }
}
