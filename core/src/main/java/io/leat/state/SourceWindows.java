package io.leat.state;

import java.util.List;

/**
 * What the files of a pipeline hold of some windows, at one moment.
 *
 * @param seen the last change of the source at that moment: whoever loads these has seen all changes up to it
 * @param files by window and path; files without rows for a window are not there
 */
public record SourceWindows(long seen, List<FileWindow> files) {
    public SourceWindows {
        files = List.copyOf(files);
    }
}
