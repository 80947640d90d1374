package io.leat.state;

import io.leat.time.Segment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A part of a pipeline's grid as it was settled.
 *
 * @param tzdb the version of the time zone database by which it was computed
 * @param settled when that was; null: now
 */
public record SettledGrid(
        Segment segment, String tzdb, @Nullable Instant settled) {}
