package io.leat.source;

import io.leat.name.Sql;
import io.leat.state.WindowContent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a scan of one version of a file brought: its rows by window in a file of ours, and those that belong to no window.
 *
 * @param fingerprint of what decides the windows and the form of the rows
 * @param rows Parquet with the rows that belong to windows
 * @param rejects Parquet with those that do not, as rejects; empty if there are none
 * @param read all records of the file
 * @param rejected records that belong to no window
 * @param windows what it holds of each window, by its start
 */
public record FileScan(
        SourceFile file,
        String sha256,
        String fingerprint,
        Path rows,
        Optional<Path> rejects,
        long read,
        long rejected,
        SortedMap<Instant, WindowContent> windows) {

    public FileScan {
        windows = Collections.unmodifiableSortedMap(new TreeMap<>(windows));
        long inWindows =
                windows.values().stream().mapToLong(WindowContent::rows).sum();
        if (read != inWindows + rejected) {
            throw new IllegalArgumentException(file.name() + ": of " + read + " records " + inWindows
                    + " have a window and " + rejected + " have none");
        }
    }

    /**
     * A query for the rejects: {@code file}, {@code record}, {@code "column"}, {@code code}, {@code reason}, {@code value}, {@code
     * raw}, {@code "window"}, {@code step}.
     */
    public Optional<String> rejectsQuery() {
        return rejects.map(path -> "SELECT " + Sql.literal(file.name()) + " AS file, * FROM read_parquet("
                + Sql.literal(path.toString()) + ")");
    }
}
