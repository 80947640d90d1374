package io.leat.lake;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;

/**
 * How many of a table's older snapshots its metadata names. Forgetting one removes no file: that is the sweep's.
 *
 * @param least so many of the newest stay, however old
 * @param most not more than so many stay, however young
 * @param age older ones go, but for the least
 */
record Retention(int least, int most, Duration age) {

    static final Retention EVERYTHING = new Retention(Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ZERO);

    /** With each commit: the metadata file is written whole each time, so it must stay small. */
    static final Retention ON_COMMIT = new Retention(20, 100, Duration.ofDays(1));

    TableMetadata applied(TableMetadata metadata) {
        List<Snapshot> snapshots = metadata.snapshots();
        if (snapshots.size() <= least) {
            return metadata;
        }
        Set<Long> kept = new HashSet<>();
        metadata.refs().values().stream().map(SnapshotRef::snapshotId).forEach(kept::add);
        long oldest = metadata.lastUpdatedMillis() - age.toMillis();
        List<Snapshot> newestFirst = snapshots.stream()
                .sorted((a, b) -> Long.compare(b.sequenceNumber(), a.sequenceNumber()))
                .toList();
        for (int i = 0; i < Math.min(most, newestFirst.size()); i++) {
            Snapshot snapshot = newestFirst.get(i);
            if (i < least || snapshot.timestampMillis() >= oldest) {
                kept.add(snapshot.snapshotId());
            }
        }
        return kept.size() == snapshots.size()
                ? metadata
                : metadata.removeSnapshotsIf(snapshot -> !kept.contains(snapshot.snapshotId()));
    }
}
