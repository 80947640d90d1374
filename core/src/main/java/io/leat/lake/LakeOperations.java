package io.leat.lake;

import io.leat.name.FaultPoint;
import io.leat.storage.LocalStore;
import java.util.Objects;
import java.util.UUID;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to commit on top of one metadata file. Iceberg's own view never moves: {@link #refresh} reads nothing, so
 * that a table which somebody else has changed is noticed by the compare-and-swap alone, and whoever plans plans anew. The
 * swap itself is the {@link Committer}'s; unless it returns, nothing that was there before is removed.
 */
final class LakeOperations implements TableOperations {

    /** Makes a durable metadata file the current one, or throws. */
    @FunctionalInterface
    interface Committer {
        void commit(String metadataLocation);
    }

    private final @Nullable TableMetadata base;
    private final FileIO io;
    private final Committer committer;
    private final Retention retention;
    private @Nullable TableMetadata committed;

    LakeOperations(@Nullable TableMetadata base, FileIO io, Retention retention, Committer committer) {
        this.base = base;
        this.io = io;
        this.retention = retention;
        this.committer = committer;
    }

    /** For planning only: it cannot commit. */
    static LakeOperations reading(TableMetadata base, FileIO io) {
        return new LakeOperations(base, io, Retention.EVERYTHING, location -> {
            throw new UnsupportedOperationException("this view of a table is read only");
        });
    }

    @Override
    public @Nullable TableMetadata current() {
        return committed == null ? base : committed;
    }

    @Override
    public @Nullable TableMetadata refresh() {
        return current();
    }

    @Override
    public void commit(@Nullable TableMetadata from, TableMetadata to) {
        if (from == to) {
            return;
        }
        TableMetadata kept = retention.applied(to);
        String location = metadataLocation(
                kept,
                (from == null ? 0 : version(from.metadataFileLocation()) + 1) + "-" + UUID.randomUUID()
                        + ".metadata.json");
        TableMetadataParser.write(kept, io.newOutputFile(location));
        LocalStore.force(Objects.requireNonNull(LocalFileIO.path(location).getParent()));
        FaultPoint.LAKE_METADATA_WRITTEN.reached();
        committer.commit(location);
        committed = TableMetadataParser.fromJson(location, TableMetadataParser.toJson(kept));
        if (from != null && from.location().equals(kept.location())) {
            CatalogUtil.deleteRemovedMetadataFiles(io, from, kept);
        }
    }

    @Override
    public FileIO io() {
        return io;
    }

    @Override
    public String metadataFileLocation(String name) {
        var metadata = current();
        if (metadata == null) {
            throw new IllegalStateException("the table has no location yet");
        }
        return metadataLocation(metadata, name);
    }

    @Override
    public LocationProvider locationProvider() {
        var metadata = current();
        if (metadata == null) {
            throw new IllegalStateException("the table has no location yet");
        }
        return LocationProviders.locationsFor(metadata.location(), metadata.properties());
    }

    @Override
    public TableOperations temp(TableMetadata uncommitted) {
        return new LakeOperations(uncommitted, io, Retention.EVERYTHING, committer);
    }

    private static String metadataLocation(TableMetadata metadata, String name) {
        return metadata.location() + "/metadata/" + name;
    }

    /** The number with which the name of a metadata file begins. */
    private static int version(@Nullable String location) {
        if (location == null) {
            return -1;
        }
        String name = location.substring(location.lastIndexOf('/') + 1);
        int dash = name.indexOf('-');
        try {
            return dash < 0 ? -1 : Integer.parseInt(name.substring(0, dash));
        } catch (NumberFormatException notLeats) {
            return -1;
        }
    }
}
