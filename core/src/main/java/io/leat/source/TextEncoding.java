package io.leat.source;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds out by its bytes how a text is encoded, in one reading of all of it. */
final class TextEncoding {

    private static final int BUFFER = 1 << 18;
    private static final int HEAD = 4096;

    private int pending;
    private long wide;
    private long invalid;
    private long controls;

    private TextEncoding() {}

    /**
     * UTF-8 if the bytes allow it, or if few of them do not; else UTF-16, windows-1252 or latin-1.
     *
     * @throws PipelineException E305 if it is no text
     */
    static Charset of(InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int length = in.readNBytes(buffer, 0, HEAD);
        Charset marked = ofHead(buffer, length);
        if (marked != null) {
            return marked;
        }
        var encoding = new TextEncoding();
        for (; length > 0; length = in.read(buffer)) {
            encoding.take(buffer, length);
        }
        encoding.invalid += encoding.pending > 0 ? 1 : 0;
        if (encoding.invalid * 10 <= encoding.wide) {
            return StandardCharsets.UTF_8;
        }
        return encoding.controls > 0 ? Charset.forName("windows-1252") : StandardCharsets.ISO_8859_1;
    }

    /** As a project writes it. */
    static String name(Charset encoding) {
        return encoding.equals(StandardCharsets.ISO_8859_1)
                ? "latin-1"
                : encoding.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Charset ofHead(byte[] head, int length) {
        int first = length > 0 ? head[0] & 0xff : 0;
        int second = length > 1 ? head[1] & 0xff : 0;
        if (first == 0xff && second == 0xfe) {
            return StandardCharsets.UTF_16;
        }
        if (first == 0xfe && second == 0xff) {
            return StandardCharsets.UTF_16BE;
        }
        int even = 0;
        int odd = 0;
        for (int i = 0; i < length; i++) {
            if (head[i] == 0) {
                even += i % 2 == 0 ? 1 : 0;
                odd += i % 2;
            }
        }
        if (even + odd == 0) {
            return null;
        }
        if (odd > length / 5 && even == 0) {
            return StandardCharsets.UTF_16LE;
        }
        if (even > length / 5 && odd == 0) {
            return StandardCharsets.UTF_16BE;
        }
        throw new PipelineException(ErrorCode.MALFORMED_FILE, "the file holds bytes that are no text")
                .withHint("Leat reads CSV, JSON, NDJSON and Parquet, plain or packed by gzip or zstd");
    }

    private void take(byte[] buffer, int length) {
        for (int i = 0; i < length; i++) {
            byte sign = buffer[i];
            if (sign >= 0 && pending == 0) {
                continue;
            }
            controls += sign <= (byte) 0x9f ? 1 : 0; // 0x80 to 0x9f: bytes are signed
            if (pending > 0) {
                if ((sign & 0xc0) == 0x80) {
                    pending--;
                    wide += pending == 0 ? 1 : 0;
                    continue;
                }
                invalid++;
                pending = 0;
            }
            if (sign < 0) {
                pending = (sign & 0xe0) == 0xc0 && (sign & 0x1e) != 0
                        ? 1
                        : (sign & 0xf0) == 0xe0 ? 2 : (sign & 0xf8) == 0xf0 ? 3 : 0;
                invalid += pending == 0 ? 1 : 0;
            }
        }
    }
}
