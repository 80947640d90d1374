package io.leat.source;

import io.leat.config.Fields;
import io.leat.config.Key;
import io.leat.config.ObjectShape;
import io.leat.config.Shape;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Files as a source: what stands after {@code source: {files: …}}.
 *
 * @param patterns paths with {@code *}, {@code ?}, {@code **}, {@code [a-z]}, {@code {a,b}}, under the project's folder or absolute
 * @param format absent: from each file's name
 * @param compression absent: from each file's name
 */
public record FileSource(
        List<String> patterns, Optional<FileFormat> format, Optional<Compression> compression, CsvForm csv) {

    private static final Shape<String> PATTERN = Shape.text().as(Listing::requirePattern);
    private static final Key<List<String>> PATH =
            Key.required("path", Shape.oneOrList(PATTERN), "A path, or a pattern such as data/*.csv.");
    private static final Key<Optional<FileFormat>> FORMAT =
            Key.optional("format", Shape.oneOf(FileFormat.class), "The form of the records; from the name if absent.");
    private static final Key<Optional<Compression>> COMPRESSION =
            Key.optional("compression", Shape.oneOf(Compression.class), "How it is packed; from the name if absent.");
    private static final Key<Optional<String>> DELIMITER = Key.optional(
            "delimiter", Shape.anyText(), "What separates values; a comma, or a tab in .tsv files, if absent.");
    private static final Key<String> QUOTE = Key.optional("quote", Shape.anyText(), "What encloses values.", "'\"'");
    private static final Key<Optional<String>> ESCAPE = Key.optional(
            "escape", Shape.anyText(), "What stands before a quote within a value; the quote itself if absent.");
    private static final Key<Boolean> HEADER = Key.optional(
            "header",
            Shape.bool(),
            "Whether the first record names the columns; else they are column1, column2, ….",
            "true");
    private static final Key<Charset> ENCODING = Key.optional(
            "encoding",
            Shape.parsed("an encoding such as utf-8 or latin-1", "", FileSource::charset),
            "How texts are encoded.",
            "utf-8");
    private static final Key<List<String>> NULLS =
            Key.optional("nulls", Shape.oneOrList(Shape.anyText()), "Texts that stand for no value.", "['']");

    private static final ObjectShape<FileSource> OBJECT = Shape.object(
            "files",
            "Files, and how they are written.",
            FileSource::of,
            PATH,
            FORMAT,
            COMPRESSION,
            DELIMITER,
            QUOTE,
            ESCAPE,
            HEADER,
            ENCODING,
            NULLS);

    /** A pattern, a list of them, or a mapping. */
    public static final Shape<FileSource> SHAPE =
            Shape.either(Shape.oneOrList(PATTERN).as(FileSource::ofPatterns), OBJECT);

    public FileSource {
        patterns = List.copyOf(patterns);
    }

    public static FileSource ofPatterns(List<String> patterns) {
        return new FileSource(patterns, Optional.empty(), Optional.empty(), CsvForm.DEFAULT);
    }

    /**
     * The files there are, by name, each once.
     *
     * @throws PipelineException E310 if there is none, E002 or E403 if a folder or file cannot be read
     */
    public List<SourceFile> list(Path root) {
        var listing = new Listing(root);
        List<SourceFile> files = listing.find(patterns);
        if (files.isEmpty()) {
            throw new PipelineException(ErrorCode.SOURCE_MISSING, "no file matches " + String.join(", ", patterns))
                    .with("folder", root.toString())
                    .withHint(listing.advice(patterns));
        }
        return files;
    }

    FileFormat formatOf(SourceFile file) {
        return format.or(() -> FileFormat.ofName(file.name()))
                .orElseThrow(() -> new PipelineException(
                                ErrorCode.MALFORMED_FILE, "the name of " + file.name() + " does not tell its format")
                        .withHint("write `files: { path: …, format: csv }` (csv, json, ndjson, parquet)"));
    }

    Compression compressionOf(SourceFile file) {
        return compression.orElseGet(() -> Compression.ofName(file.name()));
    }

    private static FileSource of(Fields fields) {
        return new FileSource(
                fields.value(PATH),
                fields.value(FORMAT),
                fields.value(COMPRESSION),
                new CsvForm(
                        fields.value(DELIMITER).map(text -> text.equals("\\t") ? "\t" : text),
                        fields.value(QUOTE),
                        fields.value(ESCAPE),
                        fields.value(HEADER),
                        fields.value(ENCODING),
                        fields.value(NULLS)));
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name.equalsIgnoreCase("latin-1") ? "ISO-8859-1" : name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw new IllegalArgumentException("there is no encoding '" + name + "'", unknown);
        }
    }
}
