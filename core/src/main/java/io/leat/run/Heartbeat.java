package io.leat.run;

import io.leat.state.Record;
import io.leat.state.StateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Renews the leases of the records that a process works on, in a thread of its own, until it is closed. */
final class Heartbeat implements AutoCloseable {

    private final StateStore state;
    private final Duration lease;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private final List<Record> records;
    private final Set<Long> lost = new HashSet<>();
    private final Thread thread;
    private boolean closed;

    Heartbeat(StateStore state, List<Record> records, Duration lease) {
        this.state = state;
        this.lease = lease;
        this.records = new ArrayList<>(records);
        this.thread = Thread.ofPlatform().name("leat-heartbeat").daemon().start(this::beat);
    }

    /** Whether somebody else has taken the record over. */
    boolean lost(Record record) {
        lock.lock();
        try {
            return lost.contains(record.id());
        } finally {
            lock.unlock();
        }
    }

    private void beat() {
        lock.lock();
        try {
            long nanos = lease.toNanos() / 3;
            while (!closed) {
                if (closing.awaitNanos(nanos) <= 0 && !closed) {
                    renew();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void renew() {
        try {
            for (Record gone : state.renew(records, lease).lost()) {
                lost.add(gone.id());
                records.removeIf(record -> record.id() == gone.id());
            }
        } catch (RuntimeException _) {
            // the next beat tries again; the fence protects if none succeeds before the lease ends
        }
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
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
