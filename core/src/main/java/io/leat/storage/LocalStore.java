package io.leat.storage;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder of the local disk. A write goes to a temporary file, is forced to the disk, then linked or renamed to its name,
 * and the folder is forced too. Files whose name begins with {@value #TEMPORARY} are such leftovers of a crash; listings
 * do not show them.
 */
public final class LocalStore implements ObjectStore {

    static final String TEMPORARY = ".leat-tmp-";

    private final Path root;

    public LocalStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    public Path root() {
        return root;
    }

    @Override
    public boolean putIfAbsent(String key, byte[] content) {
        return write(key, content, (temporary, target) -> {
            try {
                Files.createLink(target, temporary);
                return true;
            } catch (FileAlreadyExistsException lost) {
                return false;
            } finally {
                Files.deleteIfExists(temporary);
            }
        });
    }

    @Override
    public void put(String key, byte[] content) {
        write(key, content, (temporary, target) -> {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        });
    }

    @Override
    public Optional<byte[]> read(String key) {
        try {
            return Optional.of(Files.readAllBytes(path(key)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException failure) {
            if (!Files.exists(path(key))) {
                return Optional.empty(); // a file stands where the key has a folder
            }
            throw failed("read", path(key), failure);
        }
    }

    @Override
    public Optional<byte[]> read(String key, long offset, int length) {
        try (var channel = FileChannel.open(path(key), StandardOpenOption.READ)) {
            var buffer = ByteBuffer.allocate((int) Math.max(0, Math.min(length, channel.size() - offset)));
            while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {
                // read until the range is full
            }
            var bytes = new byte[buffer.position()];
            buffer.flip().get(bytes);
            return Optional.of(bytes);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException failure) {
            if (!Files.exists(path(key))) {
                return Optional.empty(); // a file stands where the key has a folder
            }
            throw failed("read", path(key), failure);
        }
    }

    @Override
    @SuppressWarnings("StreamResourceLeak") // the caller closes it
    public Stream<Entry> list(String folder) {
        Path start = path(folder);
        try {
            if (!Files.isDirectory(start)) {
                return Stream.empty();
            }
            return Files.walk(start).flatMap(this::entry);
        } catch (IOException failure) {
            throw failed("list", start, failure);
        }
    }

    @Override
    public void delete(String key) {
        try {
            Files.deleteIfExists(path(key));
        } catch (IOException failure) {
            throw failed("delete", path(key), failure);
        }
    }

    @Override
    public void copy(String from, String to) {
        write(to, temporary -> Files.copy(path(from), temporary), (temporary, target) -> {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        });
    }

    /** Makes the names of a folder's files durable, after files were made or renamed there. */
    public static void force(Path folder) {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException failure) {
            throw failed("write", folder, failure);
        }
    }

    /** Creates a folder with those above it, and makes their names durable. */
    public static void createFolders(Path folder) {
        if (Files.isDirectory(folder)) {
            return;
        }
        requireNoFile(folder);
        var made = new ArrayList<Path>();
        for (Path missing = folder; missing != null && !Files.exists(missing); missing = missing.getParent()) {
            made.add(missing);
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException failure) {
            throw failed("create", folder, failure);
        }
        for (Path one : made.reversed()) {
            force(Objects.requireNonNull(one.getParent()));
        }
    }

    /** The failure that a user meets when a file operation fails. */
    public static PipelineException failed(String verb, Path path, IOException failure) {
        String reason = Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
        if (reason.contains("No space left")
                || reason.contains("quota exceeded")
                || reason.contains("File too large")) {
            return new PipelineException(ErrorCode.DISK_FULL, "cannot " + verb + " " + path + ": " + reason, failure);
        }
        if (failure instanceof AccessDeniedException || reason.contains("Permission denied")) {
            return new PipelineException(ErrorCode.PERMISSION, "may not " + verb + " " + path, failure);
        }
        String why = failure instanceof NoSuchFileException ? "there is no such file or folder" : reason;
        return new PipelineException(ErrorCode.STORAGE_ACCESS, "cannot " + verb + " " + path + ": " + why, failure);
    }

    /** Refuses a folder where, or above which, there is a file. */
    private static void requireNoFile(Path folder) {
        Path nearest = folder;
        while (nearest.getParent() != null && !Files.exists(nearest)) {
            nearest = nearest.getParent();
        }
        if (Files.isRegularFile(nearest)) {
            throw new PipelineException(
                    ErrorCode.STORAGE_ACCESS,
                    "cannot create the folder " + folder + ": " + nearest + " is a file, where a folder is needed");
        }
    }

    @FunctionalInterface
    private interface Filling {
        void fill(Path temporary) throws IOException;
    }

    @FunctionalInterface
    private interface Naming {
        boolean name(Path temporary, Path target) throws IOException;
    }

    private boolean write(String key, byte[] content, Naming naming) {
        return write(
                key,
                temporary -> {
                    try (var channel =
                            FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                        var buffer = ByteBuffer.wrap(content);
                        while (buffer.hasRemaining()) {
                            channel.write(buffer);
                        }
                    }
                },
                naming);
    }

    private boolean write(String key, Filling filling, Naming naming) {
        Path target = path(key);
        Path folder = Objects.requireNonNull(target.getParent());
        createFolders(folder);
        Path temporary = folder.resolve(TEMPORARY + UUID.randomUUID());
        try {
            filling.fill(temporary);
            try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            boolean named = naming.name(temporary, target);
            force(folder);
            return named;
        } catch (IOException failure) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException second) {
                failure.addSuppressed(second);
            }
            throw failed("write", target, failure);
        }
    }

    private Stream<Entry> entry(Path file) {
        try {
            if (!Files.isRegularFile(file) || file.getFileName().toString().startsWith(TEMPORARY)) {
                return Stream.empty();
            }
            return Stream.of(new Entry(
                    root.relativize(file).toString(),
                    Files.size(file),
                    Files.getLastModifiedTime(file).toInstant()));
        } catch (NoSuchFileException removedMeanwhile) {
            return Stream.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path path(String key) {
        Path path = root.resolve(key).normalize();
        if (!path.startsWith(root) || Path.of(key).isAbsolute()) {
            throw new IllegalArgumentException("a key must stay inside the store: " + key);
        }
        return path;
    }
}
