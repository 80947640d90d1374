package io.leat.lake;

import io.leat.name.EnvironmentName;
import io.leat.name.FaultPoint;
import io.leat.state.CatalogTable;
import io.leat.state.Record;
import io.leat.state.RecordQuery;
import io.leat.state.StateReader;
import io.leat.state.Status;
import io.leat.storage.LocalStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;

/**
 * Deletes files that nothing refers to: no version of a table that its metadata names, and no manifest of a record that may
 * still publish; rows that were staged for tables outside the lake are among them. The manifests are read before the tables, since files go from those to these. Folders that belong to no
 * table of the catalog are reported and left alone, unless the table was dropped.
 */
final class Sweep {
    private static final Pattern FILE_IN_MANIFEST = Pattern.compile("[^/\"\\\\]+\\.parquet");
    private static final int PAGE = 1_000;

    private final Tables tables;
    private final StateReader state;
    private final Pointers pointers;
    private final EnvironmentName environment;
    private final Instant youngest;
    private final List<Path> unknown = new ArrayList<>();
    private long files;
    private long bytes;

    /** @param youngest files that were modified after it stay */
    Sweep(Tables tables, StateReader state, Pointers pointers, EnvironmentName environment, Instant youngest) {
        this.tables = tables;
        this.state = state;
        this.pointers = pointers;
        this.environment = environment;
        this.youngest = youngest;
    }

    void run() {
        Set<String> inManifests = namesInManifests();
        Map<Path, CatalogTable> known = state.tables(environment).stream()
                .collect(Collectors.toMap(
                        table -> Path.of(tables.location(environment, table.table())), table -> table));
        for (Path folder : tableFolders()) {
            var table = known.get(folder);
            if (table != null) {
                var reachable = reachable(tables.at(table.metadataLocation()).metadata());
                reachable.add(table.metadataLocation());
                sweep(
                        folder,
                        file -> reachable.contains(file.toString())
                                || inManifests.contains(file.getFileName().toString())
                                || file.getFileName().toString().equals(Pointers.NAME));
            } else if (pointers.read(folder).filter(Pointers.Pointer::dropped).isPresent()) {
                sweep(folder, file -> inManifests.contains(file.getFileName().toString()));
            } else {
                unknown.add(folder);
            }
        }
        sweep(
                tables.staging(environment),
                file -> inManifests.contains(file.getFileName().toString()));
    }

    long files() {
        return files;
    }

    long bytes() {
        return bytes;
    }

    List<Path> unknownFolders() {
        return unknown;
    }

    /** Names of data files are unique, so the names alone tell them apart, wherever the lake was moved to. */
    private Set<String> namesInManifests() {
        Set<String> names = new HashSet<>();
        var query = RecordQuery.of(environment)
                .statuses(Status.PENDING, Status.IN_PROGRESS, Status.FAILED, Status.CANCELLED);
        List<Record> page;
        int start = 0;
        do {
            page = state.records(query.page(PAGE, start));
            for (Record record : page) {
                if (record.staging() != null) {
                    var matcher = FILE_IN_MANIFEST.matcher(record.staging().manifest());
                    while (matcher.find()) {
                        names.add(matcher.group());
                    }
                }
            }
            start += PAGE;
        } while (page.size() == PAGE);
        return names;
    }

    private Set<String> reachable(TableMetadata metadata) {
        Set<String> reachable = new HashSet<>();
        metadata.previousFiles().forEach(entry -> reachable.add(entry.file()));
        metadata.statisticsFiles().forEach(file -> reachable.add(file.path()));
        metadata.partitionStatisticsFiles().forEach(file -> reachable.add(file.path()));
        Set<String> seen = new HashSet<>();
        for (Snapshot snapshot : metadata.snapshots()) {
            reachable.add(snapshot.manifestListLocation());
            for (ManifestFile manifest : snapshot.allManifests(tables.io())) {
                reachable.add(manifest.path());
                if (seen.add(manifest.path())) {
                    addPaths(manifest, metadata, reachable);
                }
            }
        }
        return reachable.stream()
                .map(location -> LocalFileIO.path(location).toString())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private void addPaths(ManifestFile manifest, TableMetadata metadata, Set<String> into) {
        try (var paths = ManifestFiles.readPaths(manifest, tables.io(), metadata.specsById())) {
            paths.forEach(into::add);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private List<Path> tableFolders() {
        Path lake = tables.folder(environment);
        if (!Files.isDirectory(lake)) {
            return List.of();
        }
        try (var folders = Files.find(
                lake,
                2,
                (path, attributes) ->
                        attributes.isDirectory() && lake.relativize(path).getNameCount() == 2)) {
            return folders.sorted().toList();
        } catch (IOException failure) {
            throw LocalStore.failed("list", lake, failure);
        }
    }

    @FunctionalInterface
    private interface Kept {
        boolean keeps(Path file);
    }

    private void sweep(Path folder, Kept kept) {
        List<Path> all;
        try (var paths = Files.walk(folder)) {
            // deepest first, so that folders that become empty can go too
            all = paths.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException | UncheckedIOException changedMeanwhile) {
            return;
        }
        for (Path path : all) {
            try {
                if (Files.getLastModifiedTime(path).toInstant().isAfter(youngest)) {
                    continue;
                }
                if (Files.isDirectory(path)) {
                    removeIfEmpty(path, folder);
                } else if (!kept.keeps(path)) {
                    long size = Files.size(path);
                    Files.delete(path);
                    FaultPoint.LAKE_FILE_DELETED.reached();
                    files++;
                    bytes += size;
                }
            } catch (NoSuchFileException goneMeanwhile) {
                // another sweep took it
            } catch (IOException failure) {
                throw LocalStore.failed("delete", path, failure);
            }
        }
    }

    private static void removeIfEmpty(Path path, Path table) throws IOException {
        String name = path.getFileName().toString();
        if (path.equals(table) || name.equals("data") || name.equals("metadata")) {
            return;
        }
        try {
            Files.delete(path);
        } catch (DirectoryNotEmptyException inUse) {
            // it stays
        }
    }
}
