package io.leat.lake;

import io.leat.storage.LocalStore;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;

/**
 * Iceberg's files on the local disk, without Hadoop. Locations are absolute paths, with or without {@code file:}. A file is
 * forced to the disk when it is closed; its name is durable once {@link LocalStore#force} was called for its folder.
 *
 * <p>Public with a constructor without arguments so that Iceberg's own catalogs can be told to read through it.
 */
public class LocalFileIO implements FileIO {
    private static final long serialVersionUID = 1;

    /** The path of a location as Iceberg writes it. */
    static Path path(String location) {
        String plain = location.startsWith("file:")
                ? location.substring("file:".length()).replaceFirst("^/+", "/")
                : location;
        return Path.of(plain);
    }

    @Override
    public InputFile newInputFile(String location) {
        return new LocalInput(location, path(location));
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new LocalOutput(this, location, path(location));
    }

    @Override
    public void deleteFile(String location) {
        try {
            Files.deleteIfExists(path(location));
        } catch (IOException failure) {
            throw LocalStore.failed("delete", path(location), failure);
        }
    }

    @Override
    public Map<String, String> properties() {
        return Map.of();
    }

    @Override
    public void initialize(Map<String, String> properties) {
        // nothing to be set
    }

    private record LocalInput(String location, Path path) implements InputFile {
        @Override
        public long getLength() {
            try {
                return Files.size(path);
            } catch (NoSuchFileException missing) {
                throw new NotFoundException(missing, "There is no file %s", path);
            } catch (IOException failure) {
                throw LocalStore.failed("read", path, failure);
            }
        }

        @Override
        public SeekableInputStream newStream() {
            try {
                return new Input(new RandomAccessFile(path.toFile(), "r"));
            } catch (FileNotFoundException failure) {
                if (Files.exists(path)) {
                    throw LocalStore.failed("read", path, failure);
                }
                throw new NotFoundException(failure, "There is no file %s", path);
            }
        }

        @Override
        public boolean exists() {
            return Files.exists(path);
        }
    }

    private record LocalOutput(LocalFileIO io, String location, Path path) implements OutputFile {
        @Override
        public PositionOutputStream create() {
            return open(StandardOpenOption.CREATE_NEW);
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            return open(StandardOpenOption.CREATE);
        }

        @Override
        public InputFile toInputFile() {
            return io.newInputFile(location);
        }

        private PositionOutputStream open(StandardOpenOption creation) {
            LocalStore.createFolders(Objects.requireNonNull(path.getParent()));
            try {
                return new Output(FileChannel.open(
                        path, creation, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING));
            } catch (FileAlreadyExistsException there) {
                throw new AlreadyExistsException(there, "There is a file %s already", path);
            } catch (IOException failure) {
                throw LocalStore.failed("write", path, failure);
            }
        }
    }

    private static final class Input extends SeekableInputStream {
        private final RandomAccessFile file;

        Input(RandomAccessFile file) {
            this.file = file;
        }

        @Override
        public long getPos() throws IOException {
            return file.getFilePointer();
        }

        @Override
        public void seek(long position) throws IOException {
            file.seek(position);
        }

        @Override
        public int read() throws IOException {
            return file.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return file.read(into, offset, length);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private static final class Output extends PositionOutputStream {
        private final FileChannel channel;
        private final OutputStream buffered;
        private long position;

        Output(FileChannel channel) {
            this.channel = channel;
            this.buffered = new BufferedOutputStream(
                    new OutputStream() {
                        @Override
                        public void write(int one) throws IOException {
                            write(new byte[] {(byte) one}, 0, 1);
                        }

                        @Override
                        public void write(byte[] bytes, int offset, int length) throws IOException {
                            var buffer = ByteBuffer.wrap(bytes, offset, length);
                            while (buffer.hasRemaining()) {
                                channel.write(buffer);
                            }
                        }
                    },
                    1 << 16);
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int one) throws IOException {
            buffered.write(one);
            position++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            buffered.write(bytes, offset, length);
            position += length;
        }

        @Override
        public void flush() throws IOException {
            buffered.flush();
        }

        @Override
        public void close() throws IOException {
            if (!channel.isOpen()) {
                return;
            }
            try (channel) {
                buffered.flush();
                channel.force(true);
            }
        }
    }
}
