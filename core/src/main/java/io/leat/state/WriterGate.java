package io.leat.state;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one writer at a time through; of those that wait, urgent ones first. */
final class WriterGate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private boolean occupied;
    private int urgentWaiting;

    void enter(boolean urgent) {
        lock.lock();
        try {
            urgentWaiting += urgent ? 1 : 0;
            while (occupied || (!urgent && urgentWaiting > 0)) {
                left.awaitUninterruptibly();
            }
            urgentWaiting -= urgent ? 1 : 0;
            occupied = true;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            occupied = false;
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
