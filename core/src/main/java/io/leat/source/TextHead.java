package io.leat.source;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The beginning of a text file, read without DuckDB: what comes later in the file does not matter to it. */
final class TextHead {

    private static final char UNDECODABLE = '\uFFFD';
    private static final int LONGEST = 1 << 20;

    private final Readable file;

    TextHead(Readable file) {
        this.file = file;
    }

    /** The values of the first record that is not blank; none if there is none. */
    List<String> record(CsvForm form) {
        Charset charset = file.isCopy() ? StandardCharsets.UTF_8 : form.encoding();
        var decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        var record = new CsvRecord(form.delimiterOf(file.file().name()), form.quote(), form.escapeOrQuote());
        try (var reader = new BufferedReader(new InputStreamReader(open(), decoder), 512)) {
            int read = 0;
            for (String line = reader.readLine(); line != null && read < LONGEST; line = reader.readLine()) {
                boolean blank = read == 0 && line.isBlank();
                if (!blank && record.isWholeWith(line)) {
                    break;
                }
                read += blank ? 0 : line.length();
            }
            if (form.header() && record.values().stream().anyMatch(value -> value.indexOf(UNDECODABLE) >= 0)) {
                throw new PipelineException(
                                ErrorCode.MALFORMED_FILE,
                                file.file().name() + " has a header that is not encoded in " + charset.name())
                        .withHint("write `files: { path: …, encoding: latin-1 }`");
            }
            return record.values();
        } catch (IOException damaged) {
            throw damaged(damaged);
        }
    }

    /** The first byte that is no blank, or -1. */
    int firstSign() {
        try (InputStream in = open()) {
            for (int sign = in.read(); sign >= 0; sign = in.read()) {
                if (sign > ' ' && sign < 0x80) {
                    return sign;
                }
            }
            return -1;
        } catch (IOException damaged) {
            throw damaged(damaged);
        }
    }

    private InputStream open() throws IOException {
        InputStream plain = Files.newInputStream(file.path());
        return file.compression() == Compression.GZIP ? new GZIPInputStream(plain) : plain;
    }

    private PipelineException damaged(IOException failure) {
        return new PipelineException(
                        ErrorCode.MALFORMED_FILE,
                        file.file().name() + " is cut off or damaged, or not packed as its name says: "
                                + failure.getMessage(),
                        failure)
                .withHint("get the file again; check it with gzip -t");
    }
}
