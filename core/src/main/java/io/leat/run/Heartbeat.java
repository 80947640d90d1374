package io.leat.run;

import io.leat.name.PipelineException;
import io.leat.state.Record;
import io.leat.state.StateStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Keeps a claim alive until it is closed, in a thread of its own: looks every few seconds whether somebody has taken records away (a
 * person cancels, another worker takes over), and renews the leases long before they end. Where it cannot renew in time it gives
 * the records up itself, by the wall clock or the monotonic one, whichever is faster. Once all are lost, work on them is
 * interrupted.
 *
 * <p>All of this is courtesy: the fence protects what readers see.
 */
final class Heartbeat implements AutoCloseable {

    /** How soon a cancelled record is noticed. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final StateStore state;
    private final long claim;
    private final Duration lease;
    private final Duration look;
    private final Runnable interruption;
    private final Clock clock;
    private final List<Record> records;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private final Set<Long> lost = new HashSet<>();
    private final Thread thread;
    private long renewedNanos;
    private Instant renewedAt;
    private boolean closed;

    /**
     * @param records claimed together, just now
     * @param interruption ends what is being done for them; called again and again until it is closed
     */
    Heartbeat(StateStore state, List<Record> records, Duration lease, Runnable interruption) {
        this(state, records, lease, interruption, Clock.systemUTC());
    }

    Heartbeat(StateStore state, List<Record> records, Duration lease, Runnable interruption, Clock clock) {
        this.state = state;
        this.records = List.copyOf(records);
        this.claim = claim(records.getFirst());
        this.lease = lease;
        this.look = lease.dividedBy(6).compareTo(LOOK) < 0 ? lease.dividedBy(6) : LOOK;
        this.interruption = interruption;
        this.clock = clock;
        this.renewedNanos = System.nanoTime();
        this.renewedAt = clock.instant();
        this.thread = Thread.ofPlatform().name("leat-heartbeat").daemon().start(this::beat);
    }

    private static long claim(Record record) {
        var lease = record.lease();
        if (lease == null) {
            throw new IllegalArgumentException(record.name() + " is not claimed");
        }
        return lease.claim();
    }

    /** Whether somebody else has taken the record over, or may have by now. */
    boolean lost(Record record) {
        lock.lock();
        try {
            giveUpIfLate();
            return lost.contains(record.id());
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing is left to work for. */
    boolean lostAll() {
        lock.lock();
        try {
            giveUpIfLate();
            return lost.size() == records.size();
        } finally {
            lock.unlock();
        }
    }

    private void beat() {
        lock.lock();
        try {
            while (!closed) {
                if (closing.awaitNanos(look.toNanos()) <= 0 && !closed) {
                    look();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        try {
            if (sinceRenewal().compareTo(lease.dividedBy(3)) >= 0) {
                renew();
            } else {
                loseAllBut(state.held(claim));
            }
        } catch (PipelineException _) {
            // the next look tries again; the fence protects if none succeeds before the lease ends
        }
        giveUpIfLate();
        if (lost.size() == records.size()) {
            interruption.run();
        }
    }

    private void renew() {
        // counted from before it is sent: whatever the answer, the lease does not end earlier than that
        long nanos = System.nanoTime();
        Instant at = clock.instant();
        List<Record> mine =
                records.stream().filter(record -> !lost.contains(record.id())).toList();
        state.renew(mine, lease).lost().forEach(record -> lost.add(record.id()));
        renewedNanos = nanos;
        renewedAt = at;
    }

    private void loseAllBut(Collection<Long> held) {
        records.stream().map(Record::id).filter(id -> !held.contains(id)).forEach(lost::add);
    }

    /** With a sixth of the lease as a margin, for what is under way. */
    private void giveUpIfLate() {
        if (sinceRenewal().compareTo(lease.multipliedBy(5).dividedBy(6)) > 0) {
            lost.addAll(records.stream().map(Record::id).collect(Collectors.toSet()));
        }
    }

    /** By the clock that says more: the one stands still while the machine sleeps, the other may be set. */
    private Duration sinceRenewal() {
        Duration monotonic = Duration.ofNanos(System.nanoTime() - renewedNanos);
        Duration wall = Duration.between(renewedAt, clock.instant());
        return monotonic.compareTo(wall) > 0 ? monotonic : wall;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(lease.toSeconds()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
