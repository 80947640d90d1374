package io.leat.source;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.Sha256;
import io.leat.storage.Checksum;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A file that was found.
 *
 * @param name the path as people know it: under the project's folder, or absolute
 * @param path where to read it
 */
public record SourceFile(String name, Path path, long size, Instant modified) {

    private static final int BUFFER = 1 << 18;

    /**
     * Tells versions of the file apart, at a quarter of the cost of {@link #sha256}; it is no name for them.
     *
     * @throws PipelineException E002 if it cannot be read
     */
    public String checksum() {
        try (var channel = FileChannel.open(path)) {
            return Checksum.of(channel);
        } catch (IOException failure) {
            throw new PipelineException(ErrorCode.STORAGE_ACCESS, name + " cannot be read", failure);
        }
    }

    /**
     * The SHA-256 of its bytes as lower-case hexadecimal digits.
     *
     * @throws PipelineException E002 if it cannot be read
     */
    public String sha256() {
        try (var in = Files.newInputStream(path)) {
            var hash = new Sha256();
            byte[] buffer = new byte[BUFFER];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                hash.plus(buffer, length);
            }
            return hash.hex();
        } catch (IOException failure) {
            throw new PipelineException(ErrorCode.STORAGE_ACCESS, name + " cannot be read", failure);
        }
    }
}
