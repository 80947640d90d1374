package io.leat.lake;

import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.io.InputFile;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a table whose folder was moved readable at its new place. Iceberg's paths are absolute, so the manifests are
 * written anew, as one snapshot with all files of the current one; older snapshots name paths that are gone and are
 * forgotten.
 */
final class Relocation implements PreparedCommit {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final TableMetadata old;
    private final TableMetadata bare;
    private final String from;
    private final String to;
    private final String name;

    private Relocation(TableMetadata old, TableMetadata bare, String to, String name) {
        this.old = old;
        this.bare = bare;
        this.from = old.location();
        this.to = to;
        this.name = name;
    }

    static Relocation of(EnvironmentName environment, TableName table, String tableFolder, String metadata) {
        if (!Files.exists(LocalFileIO.path(metadata))) {
            throw new PipelineException(
                    ErrorCode.MISSING_DATA_FILE,
                    "the metadata file of " + table + " is nowhere to be found: " + metadata);
        }
        var old = TableMetadataParser.read(new LocalFileIO().newInputFile(metadata));
        // the files of the place it came from are not this table's any more, and none of them may be deleted
        var json = (ObjectNode) JSON.readTree(TableMetadataParser.toJson(old));
        json.put("location", tableFolder);
        json.putArray("snapshots");
        json.putArray("snapshot-log");
        json.putArray("metadata-log");
        json.putArray("statistics");
        json.putArray("partition-statistics");
        json.putObject("refs");
        json.put("current-snapshot-id", -1L);
        var bare = TableMetadataParser.fromJson(metadata, json.toString());
        return new Relocation(old, bare, tableFolder, environment + "." + table);
    }

    @Override
    public TableMetadata baseMetadata() {
        return bare;
    }

    @Override
    public Retention retention() {
        return Retention.EVERYTHING;
    }

    @Override
    public boolean changesNothing() {
        return from.equals(to);
    }

    @Override
    public void commit(LakeOperations operations) {
        var transaction = Transactions.newTransaction(name, operations, report -> {});
        var properties = transaction.updateProperties().set("leat.relocated-from", from);
        properties.commit();
        var snapshot = old.currentSnapshot();
        if (snapshot != null) {
            var append = transaction.newAppend();
            var io = new MovedFiles(from, to);
            for (ManifestFile manifest : snapshot.allManifests(io)) {
                files(manifest, io).forEach(append::appendFile);
            }
            append.set("leat.maintenance", "relocate").commit();
        }
        transaction.commitTransaction();
    }

    private List<DataFile> files(ManifestFile manifest, MovedFiles io) {
        try (var reader = ManifestFiles.read(manifest, io, old.specsById())) {
            List<DataFile> files = new ArrayList<>();
            for (DataFile file : reader) {
                var spec = Objects.requireNonNull(old.spec(file.specId()));
                files.add(DataFiles.builder(spec)
                        .copy(file)
                        .withPath(moved(file.location(), from, to))
                        .build());
            }
            return files;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String moved(String location, String from, String to) {
        return location.startsWith(from + "/") ? to + location.substring(from.length()) : location;
    }

    /** Reads files by the paths that they had. */
    private static final class MovedFiles extends LocalFileIO {
        private static final long serialVersionUID = 1;

        private final String from;
        private final String to;

        MovedFiles(String from, String to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public InputFile newInputFile(String location) {
            return super.newInputFile(moved(location, from, to));
        }
    }
}
