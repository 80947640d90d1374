package io.leat.source;

import io.leat.lake.DuckDb;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** What the bytes of a file tell: how it is packed, what format it has, how its texts are encoded. */
record FileLook(SourceFile file, FileFormat format, Compression compression, Charset encoding) {

    private static final int HEAD = 8192;
    private static final String FORMATS = "Leat reads CSV, JSON, NDJSON and Parquet, plain or packed by gzip or zstd";

    /** @throws PipelineException E305 if it is nothing that can be read */
    static FileLook at(DuckDb duckDb, SourceFile file) {
        if (file.size() == 0) {
            throw new PipelineException(ErrorCode.MALFORMED_FILE, "the file is empty")
                    .withHint("add a file that has rows: they tell what its columns are");
        }
        try {
            byte[] packed = head(file.path(), Compression.NONE);
            Compression compression = compression(packed);
            Optional<FileFormat> named = FileFormat.ofName(file.name());
            if (compression == Compression.ZSTD) {
                return zstd(duckDb, file, named);
            }
            byte[] head = compression == Compression.NONE ? packed : head(file.path(), compression);
            FileFormat format = format(head, compression, named);
            if (format == FileFormat.PARQUET) {
                return new FileLook(file, format, compression, StandardCharsets.UTF_8);
            }
            try (InputStream in = opened(file.path(), compression)) {
                return new FileLook(file, format, compression, TextEncoding.of(in));
            }
        } catch (IOException damaged) {
            throw new PipelineException(
                            ErrorCode.MALFORMED_FILE, "the file cannot be read: " + damaged.getMessage(), damaged)
                    .withHint("get the file again; a packed file is tested by gzip -t");
        }
    }

    /** The format as a project must name it: only where the file's name does not tell. */
    Optional<FileFormat> declaredFormat() {
        return FileFormat.ofName(file.name()).equals(Optional.of(format)) ? Optional.empty() : Optional.of(format);
    }

    Optional<Compression> declaredCompression() {
        return Compression.ofName(file.name()) == compression ? Optional.empty() : Optional.of(compression);
    }

    private static FileFormat format(byte[] head, Compression compression, Optional<FileFormat> named) {
        if (startsWith(head, 'P', 'A', 'R', '1')) {
            if (compression != Compression.NONE) {
                throw new PipelineException(
                                ErrorCode.MALFORMED_FILE, "the file is Parquet, and packed once more as a whole")
                        .withHint("unpack it: Parquet packs its columns itself");
            }
            return FileFormat.PARQUET;
        }
        if (startsWith(head, 'P', 'K', 3, 4)) {
            throw new PipelineException(
                            ErrorCode.MALFORMED_FILE, "the file is a ZIP archive or a workbook, not a table of texts")
                    .withHint("unpack it, or save the sheet as CSV");
        }
        if (named.equals(Optional.of(FileFormat.PARQUET))) {
            throw new PipelineException(ErrorCode.MALFORMED_FILE, "the file is no Parquet file, whatever its name says")
                    .withHint(FORMATS);
        }
        char first = firstSign(head);
        if (named.isEmpty()) {
            return first == '[' ? FileFormat.JSON : first == '{' ? FileFormat.NDJSON : FileFormat.CSV;
        }
        if (named.get() != FileFormat.CSV && first != '[' && first != '{') {
            throw new PipelineException(
                            ErrorCode.MALFORMED_FILE,
                            "the file is no " + named.get() + ": it begins with '" + first + "'")
                    .withHint("give it the ending of what it is, such as .csv");
        }
        return named.get();
    }

    /** The signs of a text without its encoding: good enough for brackets. */
    private static char firstSign(byte[] head) {
        for (byte each : head) {
            if (each > ' ') {
                return (char) each;
            }
        }
        return ' ';
    }

    private static Compression compression(byte[] head) {
        return startsWith(head, 0x1f, 0x8b)
                ? Compression.GZIP
                : startsWith(head, 0x28, 0xb5, 0x2f, 0xfd) ? Compression.ZSTD : Compression.NONE;
    }

    private static boolean startsWith(byte[] head, int... signs) {
        byte[] wanted = new byte[signs.length];
        for (int i = 0; i < signs.length; i++) {
            wanted[i] = (byte) signs[i];
        }
        return head.length >= signs.length && Arrays.equals(head, 0, signs.length, wanted, 0, signs.length);
    }

    /** Java does not unpack zstd, so DuckDB looks: UTF-8 if all lines can be read so. */
    private static FileLook zstd(DuckDb duckDb, SourceFile file, Optional<FileFormat> named) {
        var readable = new Readable(file, file.path(), FileFormat.CSV, Compression.ZSTD, false, false);
        for (Charset encoding : new Charset[] {StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1}) {
            var form = new CsvForm(Optional.of(","), "", Optional.empty(), false, encoding, CsvForm.DEFAULT.nulls());
            String lines = CsvReading.lines(List.of(readable), form, "");
            try {
                String first = duckDb.one(
                                "SELECT any_value(left(line, 100)) FILTER (WHERE trim(line) <> ''), count(*) FROM "
                                        + lines,
                                row -> row.getString(1))
                        .orElse("");
                byte[] head = first.getBytes(StandardCharsets.UTF_8);
                return new FileLook(file, format(head, Compression.ZSTD, named), Compression.ZSTD, encoding);
            } catch (PipelineException failure) {
                PipelineException explained = FileRows.explained(failure);
                if (encoding.equals(StandardCharsets.ISO_8859_1)
                        || !explained.message().contains("encod")) {
                    throw explained;
                }
            }
        }
        throw new IllegalStateException("the loop ends by an answer or a failure");
    }

    private static byte[] head(Path path, Compression compression) throws IOException {
        try (InputStream in = opened(path, compression)) {
            return in.readNBytes(HEAD);
        }
    }

    private static InputStream opened(Path path, Compression compression) throws IOException {
        InputStream plain = Files.newInputStream(path);
        try {
            return compression == Compression.GZIP ? new GZIPInputStream(plain, 1 << 16) : plain;
        } catch (IOException damaged) {
            plain.close();
            throw damaged;
        }
    }
}
