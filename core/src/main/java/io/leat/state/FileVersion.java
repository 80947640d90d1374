package io.leat.state;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One version of a source file as it was scanned.
 *
 * @param rows all its rows, those that belong to no window included
 * @param fingerprint of what decides the windows of its rows: another one makes it unscanned
 * @param windowRows rows by window start
 */
public record FileVersion(
        String path,
        long size,
        Instant modified,
        String sha256,
        long rows,
        String fingerprint,
        SortedMap<Instant, Long> windowRows) {
    public FileVersion {
        windowRows = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(windowRows));
    }
}
