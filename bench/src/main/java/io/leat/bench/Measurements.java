package io.leat.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;

/** Writes CSV of measurements, the same bytes for the same seed: {@code id,ts,country,value,q}. */
final class Measurements implements AutoCloseable {
    private static final byte[] HEADER = "id,ts,country,value,q\n".getBytes(StandardCharsets.US_ASCII);
    private static final String[] COUNTRIES = {
        "AUT", "BRA", "CAN", "CHE", "CHN", "DEU", "EGY", "ESP", "FRA", "GBR", "IND", "JPN", "KEN", "MEX", "NZL", "USA"
    };
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final SplittableRandom random;
    private final OutputStream out;
    private final StringBuilder line = new StringBuilder(80);
    private long written = HEADER.length;

    private Measurements(OutputStream out, long seed) {
        this.out = out;
        this.random = new SplittableRandom(seed);
    }

    /** Writes the file if it is not there yet; a file is there only when it is whole. */
    static void write(Path file, long seed, Rows rows) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (var out = new Measurements(new BufferedOutputStream(Files.newOutputStream(part), 1 << 20), seed)) {
            out.out.write(HEADER);
            rows.write(out);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** One row; its time is a second of the hour. */
    void row(long id, LocalDateTime hour) throws IOException {
        line.setLength(0);
        line.append(id).append(',');
        FORM.formatTo(hour.plusSeconds(random.nextInt(3600)), line);
        long cents = random.nextLong(10_000_000);
        line.append(',').append(COUNTRIES[random.nextInt(COUNTRIES.length)]).append(',');
        line.append(cents / 100)
                .append('.')
                .append((char) ('0' + cents / 10 % 10))
                .append((char) ('0' + cents % 10));
        line.append(',').append(random.nextInt(100)).append('\n');
        byte[] bytes = line.toString().getBytes(StandardCharsets.US_ASCII);
        out.write(bytes);
        written += bytes.length;
    }

    /** The size so far, in bytes. */
    long written() {
        return written;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** Writes rows, one after the other. */
    @FunctionalInterface
    interface Rows {
        void write(Measurements out) throws IOException;
    }
}
