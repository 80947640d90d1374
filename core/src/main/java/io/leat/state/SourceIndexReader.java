package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.PipelineName;
import java.time.Instant;
import java.util.List;

/** Reads which rows of which source files belong to which windows. */
public interface SourceIndexReader {

    /** The version of each file that was scanned last, by path. */
    List<FileVersion> files(EnvironmentName environment, PipelineName pipeline);

    /** Rows per window over all files, by window. */
    List<WindowRows> windowRows(EnvironmentName environment, PipelineName pipeline);

    /** The files that have rows for windows that start in {@code [from, to)}, by window and path. */
    List<FileWindow> fileWindows(EnvironmentName environment, PipelineName pipeline, Instant from, Instant to);
}
