package io.leat.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;

/** A file that a store is exported to: it is there as a whole and on the disk, or not at all. */
final class ExportFile implements AutoCloseable {
    private final Path target;
    private final Path part;
    private final FileChannel channel;

    private ExportFile(Path target, Path part, FileChannel channel) {
        this.target = target;
        this.part = part;
        this.channel = channel;
    }

    /** @throws PipelineException E503 if it is there already, E403 or E402 if it cannot be written */
    static ExportFile at(Path file) {
        Path target = file.toAbsolutePath().normalize();
        Path part = target.resolveSibling(target.getFileName() + ".part");
        if (Files.exists(target)) {
            throw new PipelineException(ErrorCode.BAD_ARGUMENT, "there is a file " + target + " already")
                    .withHint("Name another file.");
        }
        try {
            return new ExportFile(
                    target, part, FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        } catch (IOException failure) {
            throw unwritable(target, failure);
        }
    }

    static BufferedReader read(Path file) throws IOException {
        return Files.newBufferedReader(file, UTF_8);
    }

    /** The empty file; what was written before is gone. */
    OutputStream begin() {
        try {
            channel.truncate(0);
            return new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Gives the file its name. */
    void finish() {
        try {
            channel.force(true);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            try (var folder = FileChannel.open(Objects.requireNonNull(target.getParent()))) {
                folder.force(true);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Whether it has its name: as a whole. */
    boolean isThere() {
        return Files.exists(target);
    }

    PipelineException unwritable(UncheckedIOException failure) {
        return unwritable(target, Objects.requireNonNull(failure.getCause()));
    }

    private static PipelineException unwritable(Path target, IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> fault(ErrorCode.BAD_ARGUMENT, "there is no such folder", target, failure);
            case AccessDeniedException _ -> fault(ErrorCode.PERMISSION, "the file may not be written", target, failure);
            default -> fault(ErrorCode.DISK_FULL, "the file cannot be written", target, failure);
        };
    }

    static PipelineException unreadable(Path file, Exception failure) {
        return fault(ErrorCode.UNREADABLE_FILE, "the file cannot be read", file, failure);
    }

    private static PipelineException fault(ErrorCode code, String message, Path file, Exception failure) {
        return new PipelineException(
                code, message + ": " + failure.getMessage(), Map.of("file", file.toString()), failure);
    }

    /** Removes what was not finished. */
    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(part);
        } catch (IOException _) {
            return; // it says by its name that it is no whole file
        }
    }

    @Override
    public String toString() {
        return target.toString();
    }
}
