package io.leat.lake;

import io.leat.name.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a lake is maintained.
 *
 * @param margin no younger file is deleted, whoever needs it or not: others may be about to publish it
 * @param leastSnapshots so many of a table's newest versions stay readable
 * @param keepFor older versions than that go, but for the least
 * @param smallBytes files below this size are joined
 * @param fewestFiles unless a day has fewer of them than this
 */
public record Upkeep(Duration margin, int leastSnapshots, Duration keepFor, long smallBytes, int fewestFiles) {

    public static final Upkeep DEFAULT = new Upkeep(Duration.ofDays(1), 5, Duration.ofDays(1), 32L << 20, 8);

    public Upkeep {
        if (margin.isNegative() || leastSnapshots < 1 || keepFor.isNegative() || smallBytes < 0 || fewestFiles < 2) {
            throw new IllegalArgumentException(
                    "a maintenance needs a margin, a snapshot to keep, and at least two files to join");
        }
    }

    /** What was done. */
    public record Report(List<TableReport> tables, long deletedFiles, long deletedBytes, List<Path> unknownFolders) {
        public Report {
            tables = List.copyOf(tables);
            unknownFolders = List.copyOf(unknownFolders);
        }
    }

    /** What was done to one table. */
    public record TableReport(TableName table, int forgottenSnapshots, int joinedFiles, int intoFiles) {}
}
