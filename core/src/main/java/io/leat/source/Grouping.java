package io.leat.source;

import io.leat.lake.DuckDb;
import io.leat.name.PipelineException;
import io.leat.name.Sql;
import io.leat.schema.Provenance;
import io.leat.schema.RawColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Looks into files for their columns, and puts those together that are alike. */
final class Grouping {

    private final DuckDb duckDb;
    private final FileSource source;
    private final Copies copies;

    Grouping(DuckDb duckDb, FileSource source, Copies copies) {
        this.duckDb = duckDb;
        this.source = source;
        this.copies = copies;
    }

    private record Likeness(
            FileFormat format, Compression compression, boolean array, String delimiter, List<RawColumn> columns) {}

    /** Groups in the order of their first files; files without any byte are in none. */
    List<FileGroup> of(List<SourceFile> files) {
        Map<Likeness, List<Readable>> alike = new LinkedHashMap<>();
        List<Readable> texts = new ArrayList<>();
        for (SourceFile file : files) {
            if (file.size() == 0) {
                continue;
            }
            Readable readable = readable(file);
            try {
                if (readable.format() == FileFormat.JSON || readable.format() == FileFormat.NDJSON) {
                    texts.add(readable.asArray(readable.format() == FileFormat.JSON && isArray(readable)));
                    continue;
                }
                List<RawColumn> columns = columns(readable);
                if (!columns.isEmpty()) {
                    var likeness = new Likeness(
                            readable.format(),
                            readable.compression(),
                            false,
                            source.csv().delimiterOf(file.name()),
                            columns);
                    alike.computeIfAbsent(likeness, key -> new ArrayList<>()).add(readable);
                }
            } catch (PipelineException failure) {
                throw FileRows.explained(failure.with("file", file.name()));
            }
        }
        List<FileGroup> groups = new ArrayList<>();
        alike.forEach((likeness, group) -> groups.add(new FileGroup(group, source.csv(), likeness.columns(), newId())));
        groups.addAll(json(texts));
        return groups;
    }

    private Readable readable(SourceFile file) {
        FileFormat format = source.formatOf(file);
        var readable = new Readable(file, file.path(), format, source.compressionOf(file), false, false);
        if (format == FileFormat.PARQUET || source.csv().duckDbEncoding().isPresent()) {
            return readable;
        }
        return readable.copiedTo(new PlainCopy(readable, source.csv()).in(copies.folder()));
    }

    private List<RawColumn> columns(Readable file) {
        if (file.format() == FileFormat.PARQUET) {
            return duckDb
                    .query(
                            "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet("
                                    + Sql.literal(file.location()) + "))",
                            row -> new RawColumn(row.getString(1), row.getString(2)))
                    .stream()
                    .filter(column -> !Provenance.isReserved(column.name()))
                    .toList();
        }
        List<String> first = CsvReading.firstRecord(duckDb, file, source.csv());
        List<String> header =
                source.csv().header() ? first : first.stream().map(value -> "").toList();
        return CsvReading.uniqueNames(header).stream().map(RawColumn::text).toList();
    }

    /** Objects have the keys they have: all files of one way of writing them share the columns. */
    private List<FileGroup> json(List<Readable> files) {
        Map<Likeness, List<Readable>> alike = new LinkedHashMap<>();
        for (Readable file : files) {
            var likeness = new Likeness(FileFormat.NDJSON, file.compression(), file.array(), "", List.of());
            alike.computeIfAbsent(likeness, key -> new ArrayList<>()).add(file);
        }
        List<FileGroup> groups = new ArrayList<>();
        for (List<Readable> group : alike.values()) {
            try {
                List<RawColumn> keys = duckDb
                        .query(new FileGroup(group, source.csv(), List.of(), newId()).keys(), row -> row.getString(1))
                        .stream()
                        .filter(key -> !Provenance.isReserved(key))
                        .map(RawColumn::text)
                        .toList();
                groups.add(new FileGroup(group, source.csv(), keys, newId()));
            } catch (PipelineException failure) {
                throw FileRows.explained(failure);
            }
        }
        return groups;
    }

    private boolean isArray(Readable file) {
        if (file.compression() == Compression.ZSTD) {
            String start = duckDb.one(
                            "SELECT left(line, 100) FROM "
                                    + CsvReading.lines(List.of(file), source.csv(), ", parallel = false")
                                    + " WHERE line <> '' LIMIT 1",
                            row -> row.getString(1))
                    .orElse("");
            return start.strip().startsWith("[");
        }
        return new TextHead(file).firstSign() == '[';
    }

    private static String newId() {
        return "_leat_" + UUID.randomUUID().toString().replace("-", "");
    }
}
