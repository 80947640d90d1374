package io.leat.target.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.postgresql.copy.CopyIn;

/** Cuts a connection whose server takes no more bytes of a COPY: no timeout of the driver's or of the network's does that in good time. */
final class StallWatch implements AutoCloseable {
    private static final long IDLE = Long.MIN_VALUE;

    private final Connection connection;
    private final Duration silence;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("leat-copy-watch").factory());
    private volatile long writingSince = IDLE;
    private volatile boolean struck;

    StallWatch(Connection connection, Duration silence) {
        this.connection = connection;
        this.silence = silence;
        long look = Math.max(1, silence.toMillis() / 4);
        var _ = clock.scheduleWithFixedDelay(this::look, look, look, TimeUnit.MILLISECONDS);
    }

    /** Sends what is in the buffer, and empties it. */
    void write(CopyIn copy, CopyBuffer out) throws SQLException {
        writingSince = System.nanoTime();
        try {
            copy.writeToCopy(out.array(), 0, out.length());
        } catch (SQLException failure) {
            if (struck) {
                var stalled =
                        new SQLTimeoutException("the server took no rows for " + silence.toSeconds() + " seconds");
                stalled.addSuppressed(failure);
                throw stalled;
            }
            throw failure;
        } finally {
            writingSince = IDLE;
        }
        out.clear();
    }

    private void look() {
        long since = writingSince;
        if (since != IDLE && System.nanoTime() - since > silence.toNanos()) {
            struck = true;
            try {
                connection.abort(Runnable::run);
            } catch (SQLException alreadyClosed) {
                clock.shutdown();
            }
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
