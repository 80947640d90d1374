package io.leat.state;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;

/** Until when a transaction may send statements. */
@FunctionalInterface
interface Deadline {
    /** For what ends by itself: one file of one machine, or work that is as long as it is. */
    Deadline NONE = () -> {};

    /** @throws SQLTimeoutException if it has passed */
    void check() throws SQLException;

    static Deadline in(Duration time) {
        long last = System.nanoTime() + time.toNanos();
        return () -> {
            if (System.nanoTime() - last > 0) {
                throw new SQLTimeoutException("the transaction took longer than " + time.toSeconds() + " seconds");
            }
        };
    }
}
