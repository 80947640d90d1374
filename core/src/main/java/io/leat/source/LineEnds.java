package io.leat.source;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.zip.GZIPInputStream;

/** How the lines of a text file end. */
final class LineEnds {

    private static final int BUFFER = 1 << 16;

    private final Readable file;

    LineEnds(Readable file) {
        this.file = file;
    }

    /** Whether lines end in more than one way; false for files that cannot be unpacked here. */
    boolean areMixed() {
        if (file.compression() == Compression.ZSTD) {
            return false;
        }
        long feeds = 0;
        long returns = 0;
        long both = 0;
        try (InputStream plain = Files.newInputStream(file.path());
                InputStream in = new BufferedInputStream(
                        file.compression() == Compression.GZIP ? new GZIPInputStream(plain, BUFFER) : plain, BUFFER)) {
            int before = 0;
            for (int sign = in.read(); sign >= 0; sign = in.read()) {
                if (sign == '\r') {
                    returns++;
                } else if (sign == '\n') {
                    feeds++;
                    both += before == '\r' ? 1 : 0;
                }
                before = sign;
            }
        } catch (IOException failure) {
            throw new PipelineException(ErrorCode.STORAGE_ACCESS, file.file().name() + " cannot be read", failure);
        }
        return both > 0 && (feeds > both || returns > both) || both == 0 && feeds > 0 && returns > 0;
    }
}
