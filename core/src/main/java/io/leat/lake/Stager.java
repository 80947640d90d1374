package io.leat.lake;

import io.leat.lake.SchemaPlan.TableColumn;
import io.leat.name.ErrorCode;
import io.leat.name.FaultPoint;
import io.leat.name.PipelineException;
import io.leat.name.PipelineName;
import io.leat.name.Sql;
import io.leat.schema.Provenance;
import io.leat.storage.Checksum;
import io.leat.storage.LocalStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Writes rows as data files into a table's folder and makes them durable. */
final class Stager {
    /** By which rows are divided into files; in none of them. */
    static final String PART = "_leat_part";

    /** A disk makes many files durable together in little more time than one. */
    private static final int PARALLEL = 16;

    private final DuckDb duckDb;
    private final SchemaPlan plan;
    private final Optional<PipelineName> pipeline;
    private final Path data;

    /** For rows of any pipelines. */
    Stager(DuckDb duckDb, SchemaPlan plan) {
        this(duckDb, plan, Optional.empty());
    }

    /** For rows of one pipeline: its name is written as the one value of an enumeration, which costs a tenth of a text's. */
    Stager(DuckDb duckDb, SchemaPlan plan, PipelineName pipeline) {
        this(duckDb, plan, Optional.of(pipeline));
    }

    private Stager(DuckDb duckDb, SchemaPlan plan, Optional<PipelineName> pipeline) {
        this.duckDb = duckDb;
        this.plan = plan;
        this.pipeline = pipeline;
        this.data = LocalFileIO.path(plan.location()).resolve("data");
    }

    private record Written(Path path, long rows, long bytes, Map<Integer, StagedFile.Stats> stats) {}

    /** Stages the rows of a query that has the plan's columns by name. */
    List<StagedFile> stage(String select, Layout layout) {
        Path workshop = data.resolve(".part-" + UUID.randomUUID());
        LocalStore.createFolders(workshop);
        try {
            var written = layout == Layout.BY_WINDOW
                    ? copy(
                            select,
                            Optional.of("CAST(epoch(" + Sql.identifier(Provenance.WINDOW) + ") AS BIGINT)"),
                            workshop)
                    : copy(select, Optional.empty(), workshop);
            FaultPoint.LAKE_FILES_WRITTEN.reached();
            var staged = settle(written);
            FaultPoint.LAKE_FILES_STAGED.reached();
            return staged;
        } finally {
            remove(workshop);
        }
    }

    /** Stages rows of any pipelines, all with windows of one day or all without, as one file. */
    List<NewFile> stageMixed(String select) {
        Path workshop = data.resolve(".part-" + UUID.randomUUID());
        LocalStore.createFolders(workshop);
        try {
            String order = " ORDER BY " + Sql.identifiers(List.of(Provenance.PIPELINE, Provenance.WINDOW));
            var written = copy(select + order, Optional.empty(), workshop);
            FaultPoint.LAKE_FILES_WRITTEN.reached();
            List<NewFile> staged = new ArrayList<>();
            for (Written file : written) {
                if (file.rows() > 0) {
                    String checksum = sumAndForce(List.of(file.path())).getFirst();
                    var range = windows(file);
                    var day = NewFile.day(range == null ? null : LakeFile.instant(range.least()));
                    Path place = move(file.path(), day);
                    LocalStore.force(Objects.requireNonNull(place.getParent()));
                    staged.add(new NewFile(staged(file, place, checksum, null), day));
                }
            }
            FaultPoint.LAKE_FILES_STAGED.reached();
            return staged;
        } finally {
            remove(workshop);
        }
    }

    /**
     * Stages rows of any windows, for a table that is not partitioned.
     *
     * @param parts queries of the plan's columns and {@link #PART}: rows of one query that are alike in it become one file
     */
    List<NewFile> stageParts(List<String> parts) {
        Path workshop = data.resolve(".part-" + UUID.randomUUID());
        LocalStore.createFolders(workshop);
        try {
            List<Written> written = new ArrayList<>();
            for (String select : parts) {
                Path place = workshop.resolve(Integer.toString(written.size()));
                LocalStore.createFolders(place);
                written.addAll(copy(select, Optional.of(PART), place));
            }
            FaultPoint.LAKE_FILES_WRITTEN.reached();
            var hashes = sumAndForce(written.stream().map(Written::path).toList());
            List<NewFile> staged = new ArrayList<>();
            for (int i = 0; i < written.size(); i++) {
                Path place = move(written.get(i).path(), null);
                staged.add(new NewFile(staged(written.get(i), place, hashes.get(i), null), null));
            }
            if (!staged.isEmpty()) {
                LocalStore.force(folder(null));
            }
            FaultPoint.LAKE_FILES_STAGED.reached();
            return staged;
        } finally {
            remove(workshop);
        }
    }

    /** @param part an expression: rows that are alike in it go into a file of their own; empty: all into one */
    private List<Written> copy(String select, Optional<String> part, Path workshop) {
        String columns = plan.columns().stream()
                .map(column -> value(column) + " AS " + Sql.identifier(column.name()))
                .collect(Collectors.joining(", "));
        String target;
        String options;
        if (part.isPresent()) {
            columns += ", " + part.get() + " AS " + PART;
            target = workshop.toString();
            options = ", PARTITION_BY (" + PART + "), FILENAME_PATTERN 'p_{uuid}'";
        } else {
            target = workshop.resolve("p.parquet").toString();
            options = "";
        }
        var stats = new FileStats(plan.columns());
        return duckDb.query(
                """
                COPY (SELECT %s FROM (%s
                ))
                TO %s (FORMAT parquet, COMPRESSION zstd, FIELD_IDS %s, RETURN_STATS%s)""".formatted(columns, select, Sql.literal(target), fieldIds(), options), row -> written(row, stats));
    }

    private String value(TableColumn column) {
        if (column.name().equals(Provenance.PIPELINE) && pipeline.isPresent()) {
            String name = Sql.literal(pipeline.get().value());
            return "CAST(" + name + " AS ENUM(" + name + "))";
        }
        return "CAST(" + Sql.identifier(column.name()) + " AS " + IcebergTypes.stored(column.iceberg()) + ")";
    }

    private Written written(ResultSet row, FileStats stats) throws SQLException {
        var reported = (Map<?, ?>) Objects.requireNonNull(row.getObject("column_statistics"));
        return new Written(
                Path.of(Objects.requireNonNull(row.getString("filename"))),
                row.getLong("count"),
                row.getLong("file_size_bytes"),
                pipeline.map(name -> stats.ofPipeline(reported, name)).orElseGet(() -> stats.of(reported)));
    }

    /** Gives every file its place and makes it durable: contents first, then the names. */
    private List<StagedFile> settle(List<Written> written) {
        List<Written> filled = written.stream().filter(file -> file.rows() > 0).toList();
        var checksums = sumAndForce(filled.stream().map(Written::path).toList());
        List<StagedFile> staged = new ArrayList<>();
        Set<Path> folders = new LinkedHashSet<>();
        for (int i = 0; i < filled.size(); i++) {
            var window = window(filled.get(i));
            Path place = move(filled.get(i).path(), NewFile.day(window));
            folders.add(Objects.requireNonNull(place.getParent()));
            staged.add(staged(filled.get(i), place, checksums.get(i), window));
        }
        folders.forEach(LocalStore::force);
        staged.sort(Comparator.comparing(file -> Objects.requireNonNullElse(file.window(), Instant.MIN)));
        return staged;
    }

    private Path move(Path written, @Nullable LocalDate day) {
        Path folder = folder(day);
        LocalStore.createFolders(folder);
        Path place = folder.resolve(UUID.randomUUID() + ".parquet");
        try {
            Files.move(written, place);
        } catch (IOException failure) {
            throw LocalStore.failed("write", place, failure);
        }
        return place;
    }

    private Path folder(@Nullable LocalDate day) {
        return data.resolve(day == null ? "all" : day.toString());
    }

    private StagedFile staged(Written file, Path place, String checksum, @Nullable Instant window) {
        return new StagedFile(
                place.toString(), file.rows(), file.bytes(), checksum, window, plan.fingerprint(), file.stats());
    }

    /** The one window of a file's rows; null if they have none. */
    private @Nullable Instant window(Written file) {
        var range = windows(file);
        if (range == null || range.least().equals(range.greatest())) {
            return range == null ? null : LakeFile.instant(range.least());
        }
        throw new PipelineException(
                ErrorCode.INTERNAL, "rows of several windows were staged into one file of " + plan.table());
    }

    /** The windows of a file's rows; null if none has one. A file of rows with and without is an error of the caller's. */
    private LakeFile.@Nullable Range<Long> windows(Written file) {
        var stats = file.stats().get(plan.columns().getLast().id());
        if (stats != null && stats.nulls() == file.rows()) {
            return null;
        }
        if (stats == null || stats.nulls() != 0 || stats.lower() == null || stats.upper() == null) {
            throw new PipelineException(
                    ErrorCode.INTERNAL, "rows with and without a window were staged into one file of " + plan.table());
        }
        return new LakeFile.Range<>(micros(stats.lower()), micros(stats.upper()));
    }

    private static long micros(String bound) {
        return StagedFile.Stats.bytes(bound).getLong();
    }

    private static List<String> sumAndForce(List<Path> files) {
        return inParallel(files, file -> {
            try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
                channel.force(true);
                return Checksum.of(channel);
            }
        });
    }

    /** Whether the files are still there as they were staged; the first that is not is named. */
    static Optional<String> damaged(List<StagedFile> files) {
        return inParallel(files, file -> {
                    try (var channel = FileChannel.open(Path.of(file.path()), StandardOpenOption.READ)) {
                        return channel.size() == file.bytes()
                                        && Checksum.of(channel).equals(file.checksum())
                                ? ""
                                : file.path();
                    } catch (NoSuchFileException missing) {
                        return file.path();
                    }
                })
                .stream()
                .filter(path -> !path.isEmpty())
                .findFirst();
    }

    @FunctionalInterface
    private interface FileWork<F, T> {
        T run(F file) throws IOException;
    }

    private static <F, T> List<T> inParallel(List<F> files, FileWork<F, T> work) {
        try (var threads = Executors.newFixedThreadPool(Math.max(1, Math.min(PARALLEL, files.size())))) {
            List<Future<T>> futures = new ArrayList<>();
            for (F file : files) {
                futures.add(threads.submit(() -> work.run(file)));
            }
            List<T> results = new ArrayList<>();
            for (var future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof IOException io) {
                throw LocalStore.failed("read", Path.of(String.valueOf(files.getFirst())), io);
            }
            throw new PipelineException(ErrorCode.INTERNAL, "staged files could not be read", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PipelineException(ErrorCode.TIMEOUT, "interrupted while files were made durable", interrupted);
        }
    }

    private String fieldIds() {
        return plan.columns().stream()
                .map(column -> Sql.literal(column.name()) + ": " + ids(column))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String ids(TableColumn column) {
        return ids(column.id(), column.iceberg());
    }

    private static String ids(int id, Type type) {
        if (type.isPrimitiveType()) {
            return Integer.toString(id);
        }
        List<Types.NestedField> fields = type.asNestedType().fields();
        return fields.stream()
                .map(field -> Sql.literal(field.name()) + ": " + ids(field.fieldId(), field.type()))
                .collect(Collectors.joining(", ", "{'__duckdb_field_id': " + id + ", ", "}"));
    }

    private static void remove(Path folder) {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException leftForTheSweep) {
            // nothing refers to it
        }
    }
}
