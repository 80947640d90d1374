package io.leat.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A file of records in the demo project.
 *
 * @param header first line, or empty
 * @param mark text before everything, such as a byte order mark
 */
record TextFile(String path, String mark, String header, String lineEnd, Charset charset) {
    static TextFile utf8(String path, String header) {
        return new TextFile(path, "", header, "\n", StandardCharsets.UTF_8);
    }

    TextFile windows() {
        return new TextFile(path, "\uFEFF", header, "\r\n", charset);
    }

    TextFile in(Charset other) {
        return new TextFile(path, mark, header, lineEnd, other);
    }

    /** Writes the records and enters them in the manifest. Raw bytes stand in the text as {@link #rawByte}. */
    void write(Path project, String pipeline, List<Entry> entries, Manifest manifest) {
        var text = new StringBuilder(mark);
        if (!header.isEmpty()) {
            text.append(header).append(lineEnd);
        }
        int number = 0;
        for (Entry entry : entries) {
            number++;
            text.append(entry.text()).append(lineEnd);
            manifest.add(pipeline, path, number, entry);
        }
        Path file = project.resolve(path);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes(text.toString()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A character that is written as one byte, whatever the file's encoding: a letter of Latin-1 amid UTF-8. */
    static char rawByte(int value) {
        return (char) (0xE000 + value);
    }

    private byte[] bytes(String text) {
        byte[] encoded = text.getBytes(charset);
        byte[] kept = new byte[encoded.length];
        int length = 0;
        for (int i = 0; i < encoded.length; i++) {
            boolean raw = charset.equals(StandardCharsets.UTF_8)
                    && (encoded[i] & 0xFF) == 0xEE
                    && i + 2 < encoded.length
                    && (encoded[i + 1] & 0xFC) == 0x80;
            if (raw) {
                kept[length++] = (byte) ((encoded[i + 1] & 0x03) << 6 | encoded[i + 2] & 0x3F);
                i += 2;
            } else {
                kept[length++] = encoded[i];
            }
        }
        return Arrays.copyOf(kept, length);
    }
}
