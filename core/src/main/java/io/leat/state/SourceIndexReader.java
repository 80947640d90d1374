package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.PipelineName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads which rows of which source files belong to which windows. */
public interface SourceIndexReader {

    /** The version of each file that was scanned last, by path. */
    List<FileStamp> files(EnvironmentName environment, PipelineName pipeline);

    /** The version of a file that was scanned last. */
    Optional<FileVersion> file(EnvironmentName environment, PipelineName pipeline, String path);

    /** What files hold of windows that start in {@code [from, to)}. */
    SourceWindows sourceWindows(EnvironmentName environment, PipelineName pipeline, Instant from, Instant to);

    /** Rows outside of windows, of files that have any, and of those whose slice still says so. */
    List<FileOutside> filesOutside(EnvironmentName environment, PipelineName pipeline);

    /** The paths of the files of these bytes, as they were scanned last. */
    List<String> paths(EnvironmentName environment, PipelineName pipeline, String sha256);

    /**
     * Windows whose published load is no longer what a load would be now, oldest first; quarantined ones are left out. A window
     * that files have touched since it was loaded is among them even if they ended up as they were.
     *
     * @param after only windows that start after it; null: from the first
     */
    List<ChangedWindow> changedWindows(ChangedQuery query, @Nullable Instant after, int limit);

    /** How many windows {@link #changedWindows} would list without its limit. */
    long countChangedWindows(ChangedQuery query);

    /** The grids of a pipeline that were settled, oldest first; empty if it was never planned. */
    List<SettledGrid> grids(EnvironmentName environment, PipelineName pipeline);
}
