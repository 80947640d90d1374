package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.PipelineName;
import io.leat.time.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What people asked to be loaded: ranges of time of pipelines and models, whole sources. What is left of it is computed, not stored;
 * the generations that it opened bear its id.
 *
 * @param maxActive how many claims of each pipeline it may have at once; empty: as many as the pipeline may
 * @param ranges in the order of loading
 */
public record Backfill(
        String id,
        EnvironmentName environment,
        Kind kind,
        Reprocess reprocess,
        Stage stage,
        boolean newestFirst,
        OptionalInt maxActive,
        String who,
        Instant created,
        @Nullable Instant ended,
        List<Range> ranges) {

    /** What it is for. */
    public enum Kind {
        /** Windows are filled. */
        BACKFILL,
        /** What is there is loaded again, with what is made of it. */
        RESTATE
    }

    /** Which slices are loaded. */
    public enum Reprocess {
        /** Those without a record. */
        MISSING,
        /** Those, and what has failed or was cancelled. */
        FAILED,
        /** All. */
        COMPLETED
    }

    /** Where it stands. */
    public enum Stage {
        RUNNING,
        PAUSED,
        CANCELLED,
        DONE
    }

    /**
     * The part of one pipeline or model.
     *
     * @param bounds null: the whole source, one slice
     * @param slices how many there were to load when it was planned
     */
    public record Range(PipelineName pipeline, @Nullable Window bounds, long slices) {}

    public Backfill {
        ranges = List.copyOf(ranges);
    }

    /** The part of a pipeline or model; empty if it has none. */
    public Optional<Range> range(PipelineName pipeline) {
        return ranges.stream()
                .filter(range -> range.pipeline().equals(pipeline))
                .findFirst();
    }

    /** How many slices there were to load when it was planned. */
    public long slices() {
        return ranges.stream().mapToLong(Range::slices).sum();
    }
}
