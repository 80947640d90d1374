package io.leat.source;

import io.leat.lake.DuckDb;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How one file seems to be written, and its columns.
 *
 * @param forms ways to read a CSV file, the likeliest first; one for other formats
 */
record FileShape(FileLook look, List<CsvForm> forms, List<String> columns) {

    static FileShape of(DuckDb duckDb, Drafts.Place place, Path path) {
        SourceFile file = file(place, path);
        try {
            FileLook look = FileLook.at(duckDb, file);
            var readable = new Readable(file, file.path(), look.format(), look.compression(), false, false);
            var plain = new CsvForm(
                    Optional.empty(), "\"", Optional.empty(), true, look.encoding(), CsvForm.DEFAULT.nulls());
            if (look.format() != FileFormat.CSV) {
                return withColumns(duckDb, place, new FileShape(look, List.of(plain), List.of()));
            }
            Readable text = plain.duckDbEncoding().isPresent()
                    ? readable
                    : readable.copiedTo(
                            new PlainCopy(readable, plain).in(place.copies().folder()));
            return withColumns(duckDb, place, new FileShape(look, new CsvGuess(duckDb, look).forms(text), List.of()));
        } catch (PipelineException failure) {
            throw explained(failure, file);
        }
    }

    /** The source that a project would declare for this file alone. */
    FileSource source(List<String> patterns, CsvForm form) {
        return new FileSource(patterns, look.declaredFormat(), look.declaredCompression(), form);
    }

    FileSource source(CsvForm form) {
        return source(List.of(escaped(look.file().name())), form);
    }

    /** A path as a pattern that matches only it. */
    static String escaped(String path) {
        return path.replaceAll("[\\[{*?]", "[$0]");
    }

    /** A failure that says which file it is about, and never only what DuckDB says. */
    static PipelineException explained(PipelineException failure, SourceFile file) {
        PipelineException explained =
                FileRows.explained(failure.context().containsKey("file") ? failure : failure.with("file", file.name()));
        if (explained.code() == ErrorCode.DUCKDB) {
            String first = failure.message().lines().findFirst().orElse("").replaceFirst("^[A-Za-z ]+ Error: ", "");
            explained = new PipelineException(
                            ErrorCode.MALFORMED_FILE, "the file cannot be read: " + first, failure.context(), failure)
                    .withHint("compare its content with its name: Leat reads CSV, JSON, NDJSON and Parquet");
        }
        return explained;
    }

    private static FileShape withColumns(DuckDb duckDb, Drafts.Place place, FileShape shape) {
        FileSource source = shape.source(shape.forms().getFirst());
        FileRows rows = FileRows.open(duckDb, source, List.of(shape.look().file()), place.copies(), List.of());
        return new FileShape(shape.look(), shape.forms(), rows.schema().names());
    }

    private static SourceFile file(Drafts.Place place, Path path) {
        Path file = place.root().resolve(path).toAbsolutePath().normalize();
        String shown = file.startsWith(place.root()) && !file.equals(place.root())
                ? place.root().relativize(file).toString()
                : path.toString();
        if (Files.isDirectory(file)) {
            throw unreadable(shown + " is a folder", "name the files in it: leat add " + shown + "/*");
        }
        if (!Files.exists(file)) {
            throw unreadable(
                    "there is no file " + shown, "look for a slip in the name; paths begin in the folder you are in");
        }
        if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
            throw unreadable(shown + " cannot be read", "give yourself the right to read it: chmod u+r " + shown);
        }
        try {
            String name = file.startsWith(place.root())
                    ? place.root().relativize(file).toString()
                    : file.toString();
            return new SourceFile(
                    name,
                    file,
                    Files.size(file),
                    Files.getLastModifiedTime(file).toInstant());
        } catch (IOException failure) {
            throw new PipelineException(ErrorCode.UNREADABLE_FILE, shown + " cannot be read", failure);
        }
    }

    private static PipelineException unreadable(String sentence, String hint) {
        return new PipelineException(ErrorCode.UNREADABLE_FILE, sentence).withHint(hint);
    }
}
