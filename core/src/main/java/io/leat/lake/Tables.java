package io.leat.lake;

import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.TableName;
import io.leat.state.CatalogReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;

/**
 * Reads tables from their metadata files. Those and the manifests never change, so what was read is kept, within bounds, by
 * its location. Safe for use by several threads.
 */
final class Tables {
    private static final int MOST_TABLES = 64;
    private static final int MOST_FILES = 200_000;

    private final Path root;
    private final CatalogReader catalog;
    private final FileIO io;
    private final Map<String, LakeTable> tables = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, List<LakeFile>> manifests = new LinkedHashMap<>(16, 0.75f, true);
    private int filesKept;

    Tables(Path root, CatalogReader catalog, FileIO io) {
        this.root = root;
        this.catalog = catalog;
        this.io = io;
    }

    FileIO io() {
        return io;
    }

    FileFaults faults() {
        return new FileFaults(root);
    }

    /** Where a table lies, or will lie. */
    String location(EnvironmentName environment, TableName table) {
        return folder(environment).resolve(table.schema()).resolve(table.name()).toString();
    }

    /** The folder of an environment's tables. */
    Path folder(EnvironmentName environment) {
        return root.resolve(environment.value()).resolve("lake");
    }

    /** The folder of rows that are on their way to tables outside the lake. */
    Path staging(EnvironmentName environment) {
        return root.resolve(environment.value()).resolve("staging");
    }

    /**
     * The table as it is now; empty if there is none.
     *
     * @throws PipelineException E404 if it lies elsewhere, or has been there: its files belong to whoever is there
     */
    Optional<LakeTable> current(EnvironmentName environment, TableName table) {
        return catalog.metadataLocation(environment, table).map(location -> {
            var current = at(location);
            requireHere(current.metadata().location(), location(environment, table), table);
            forgetOthers(location);
            return current;
        });
    }

    private static void requireHere(String actual, String expected, TableName table) {
        if (!actual.equals(expected) && !sameFolder(Path.of(actual), Path.of(expected))) {
            throw new PipelineException(
                            ErrorCode.MISSING_DATA_FILE,
                            "the files of " + table + " are in " + actual + ", not in " + expected)
                    .withHint(
                            "if the project was moved or copied, run `leat lake relocate`; a table is adopted where the lake has it");
        }
    }

    /** A folder may have several paths, through links. */
    private static boolean sameFolder(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException notThere) {
            return false;
        }
    }

    /** Of each table the version that is asked for most is the current one: keeping more would fill the memory. */
    private void forgetOthers(String location) {
        String folder = location.substring(0, location.lastIndexOf('/') + 1);
        synchronized (tables) {
            tables.keySet().removeIf(other -> other.startsWith(folder) && !other.equals(location));
        }
    }

    /** The table as it is now, or E106. */
    LakeTable existing(EnvironmentName environment, TableName table) {
        return current(environment, table)
                .orElseThrow(() -> new PipelineException(
                        ErrorCode.UNKNOWN_NAME, "there is no table " + table + " in the environment " + environment));
    }

    /** The table as this metadata file describes it. */
    LakeTable at(String metadataLocation) {
        synchronized (tables) {
            LakeTable kept = tables.get(metadataLocation);
            if (kept != null) {
                return kept;
            }
        }
        var read = read(metadataLocation);
        synchronized (tables) {
            tables.put(metadataLocation, read);
            if (tables.size() > MOST_TABLES) {
                var eldest = tables.keySet().iterator();
                eldest.next();
                eldest.remove();
            }
        }
        return read;
    }

    /** A change of the table's columns that is only looked at, never committed. */
    static UpdateSchema update(TableMetadata metadata) {
        return new BaseTable(LakeOperations.reading(metadata, new LocalFileIO()), "planned").updateSchema();
    }

    private LakeTable read(String location) {
        try {
            TableMetadata metadata = TableMetadataParser.read(io, location);
            return new LakeTable(location, metadata, this);
        } catch (NotFoundException missing) {
            throw faults().missingMetadata(location, missing);
        } catch (UncheckedIOException | IllegalArgumentException damaged) {
            throw faults().damagedMetadata(location, damaged);
        }
    }

    /** All files of a snapshot. */
    List<LakeFile> files(TableMetadata metadata, Snapshot snapshot) {
        List<LakeFile> files = new ArrayList<>();
        try {
            for (ManifestFile manifest : snapshot.allManifests(io)) {
                if (manifest.content() == ManifestContent.DELETES) {
                    if (manifest.hasAddedFiles() || manifest.hasExistingFiles()) {
                        throw new PipelineException(
                                ErrorCode.UNSUPPORTED_TABLE,
                                "the table at " + metadata.location() + " has delete files, which Leat does not read");
                    }
                } else {
                    files.addAll(files(metadata, manifest));
                }
            }
        } catch (NotFoundException | UncheckedIOException missing) {
            throw new PipelineException(
                    ErrorCode.MISSING_DATA_FILE,
                    "a manifest of the table at " + metadata.location() + " cannot be read",
                    missing);
        }
        return files;
    }

    private List<LakeFile> files(TableMetadata metadata, ManifestFile manifest) {
        synchronized (manifests) {
            List<LakeFile> kept = manifests.get(manifest.path());
            if (kept != null) {
                return kept;
            }
        }
        var columns = LakeFile.Columns.of(metadata.schema());
        List<LakeFile> files = new ArrayList<>();
        try (var reader = ManifestFiles.read(manifest, io, specs(metadata))) {
            for (DataFile file : reader) {
                files.add(LakeFile.of(file, columns));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        keep(manifest.path(), files);
        return files;
    }

    private static Map<Integer, PartitionSpec> specs(TableMetadata metadata) {
        return new HashMap<>(metadata.specsById());
    }

    private void keep(String manifest, List<LakeFile> files) {
        synchronized (manifests) {
            if (manifests.put(manifest, files) == null) {
                filesKept += files.size() + 1;
            }
            var eldest = manifests.entrySet().iterator();
            while (filesKept > MOST_FILES && manifests.size() > 1) {
                filesKept -= eldest.next().getValue().size() + 1;
                eldest.remove();
            }
        }
    }
}
