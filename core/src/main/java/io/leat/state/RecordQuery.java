package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.PipelineName;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which records to list: the newest generation of each slice, newest window first.
 *
 * @param pipeline null: all
 * @param statuses empty: any
 * @param from only windows that end after it; null: no bound
 * @param to only windows that start before it; null: no bound
 */
public record RecordQuery(
        EnvironmentName environment,
        @Nullable PipelineName pipeline,
        Set<Status> statuses,
        @Nullable Instant from,
        @Nullable Instant to,
        Order order,
        int limit,
        int offset) {

    /** By what to sort. */
    public enum Order {
        OLDEST_WINDOW_FIRST,
        NEWEST_WINDOW_FIRST,
        LAST_UPDATED_FIRST
    }

    public RecordQuery {
        statuses = Set.copyOf(statuses);
    }

    public static RecordQuery of(EnvironmentName environment) {
        return new RecordQuery(environment, null, Set.of(), null, null, Order.NEWEST_WINDOW_FIRST, 100, 0);
    }

    public RecordQuery pipeline(PipelineName wanted) {
        return new RecordQuery(environment, wanted, statuses, from, to, order, limit, offset);
    }

    public RecordQuery statuses(Status first, Status... more) {
        return new RecordQuery(environment, pipeline, EnumSet.of(first, more), from, to, order, limit, offset);
    }

    public RecordQuery between(@Nullable Instant start, @Nullable Instant end) {
        return new RecordQuery(environment, pipeline, statuses, start, end, order, limit, offset);
    }

    public RecordQuery order(Order wanted) {
        return new RecordQuery(environment, pipeline, statuses, from, to, wanted, limit, offset);
    }

    public RecordQuery page(int size, int start) {
        return new RecordQuery(environment, pipeline, statuses, from, to, order, size, start);
    }
}
