package io.leat.source;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A copy of a text file in UTF-8 whose records all end in a line feed: for encodings that DuckDB does not read, and for files whose
 * lines end now in one way, now in another. Line ends within quotes stay as they are.
 */
final class PlainCopy {

    private static final int BUFFER = 1 << 16;

    private final Readable file;
    private final CsvForm form;

    PlainCopy(Readable file, CsvForm form) {
        this.file = file;
        this.form = form;
    }

    /** Writes the copy into the folder. */
    Path in(Path folder) {
        if (file.compression() == Compression.ZSTD) {
            throw new PipelineException(
                            ErrorCode.UNSUPPORTED,
                            file.file().name() + " is packed by zstd and not in an encoding that can be read packed")
                    .withHint("unpack it, or encode it in utf-8");
        }
        var decoder = form.encoding()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            Files.createDirectories(folder);
            Path copy = Files.createTempFile(folder, "copy-", ".txt");
            try (InputStream plain = Files.newInputStream(file.path());
                    InputStream in =
                            file.compression() == Compression.GZIP ? new GZIPInputStream(plain, BUFFER) : plain;
                    Reader reader = new BufferedReader(new InputStreamReader(in, decoder), BUFFER);
                    Writer writer = Files.newBufferedWriter(copy, StandardCharsets.UTF_8)) {
                write(reader, writer);
            }
            return copy;
        } catch (CharacterCodingException wrong) {
            throw new PipelineException(
                            ErrorCode.MALFORMED_FILE,
                            file.file().name() + " is not encoded in "
                                    + form.encoding().name(),
                            wrong)
                    .withHint("correct `encoding:` of the source");
        } catch (IOException failure) {
            throw new PipelineException(ErrorCode.STORAGE_ACCESS, file.file().name() + " cannot be copied", failure);
        }
    }

    private void write(Reader reader, Writer writer) throws IOException {
        boolean csv = file.format() == FileFormat.CSV && !form.quote().isEmpty();
        boolean quoted = false;
        int next = reader.read();
        while (next >= 0) {
            int sign = next;
            next = reader.read();
            if (csv && sign == form.quote().charAt(0)) {
                quoted = !quoted;
            }
            boolean lineEnd = sign == '\r' && !quoted;
            if (!lineEnd) {
                writer.write(sign);
            } else if (next != '\n') {
                writer.write('\n');
            }
        }
    }
}
