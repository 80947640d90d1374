package io.leat.state;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One version of a source file as it was scanned.
 *
 * @param stamp how it is recognised
 * @param rows all its rows, those that belong to no window included
 * @param windows what it holds of each window, by window start
 * @param late rows by window start that came after the window had been closed: they belong to no window any more
 */
public record FileVersion(
        FileStamp stamp, long rows, SortedMap<Instant, WindowContent> windows, SortedMap<Instant, Long> late) {

    public FileVersion {
        windows = Collections.unmodifiableSortedMap(new TreeMap<>(windows));
        late = Collections.unmodifiableSortedMap(new TreeMap<>(late));
    }

    /** Rows that belong to no window, or came too late for theirs. */
    public long outside() {
        return rows - windows.values().stream().mapToLong(WindowContent::rows).sum();
    }
}
