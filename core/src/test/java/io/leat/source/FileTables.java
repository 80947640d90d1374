package io.leat.source;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes random tables as files: columns of one kind each, some with holes, some with a value that does not belong. */
public final class FileTables {

    private static final List<String> NAMES = List.of(
            "id", "Order ID", "Größe", "amount", "1990", "select", "a,b", "x\"y", "createdAt", "no", "Data", "value %");
    private static final List<String> TIMES = List.of(
            "uuuu-MM-dd",
            "uuuu/MM/dd HH:mm",
            "dd.MM.uuuu",
            "MM/dd/uuuu",
            "dd/MM/uuuu",
            "uuuu-MM-dd'T'HH:mm:ss'Z'",
            "uuuu-MM-dd HH:mm:ss.SSS",
            "dd-MMM-uuuu",
            "uuuuMMdd",
            "HH:mm:ss",
            "dd/MM/uu",
            "MM/dd/uuuu hh:mm a",
            "uuuu-MM-dd HH:mm:ssxxx");
    private static final List<String> WORDS = List.of(
            "",
            "NA",
            "N/A",
            "-",
            "x;y",
            "a,b",
            "say \"hi\"",
            "two\nlines",
            "Ünïcödé",
            "007",
            "+1",
            " 7 ",
            "1e400",
            "-0",
            "null",
            "0x1F",
            "1_000",
            "true");

    private final Random random;
    private final Path folder;

    public FileTables(Random random, Path folder) {
        this.random = random;
        this.folder = folder;
    }

    /** A file in a random format; its name tells which. */
    public Path write(String name, int rows) throws IOException {
        List<String> columns = new ArrayList<>();
        List<Supplier<String>> kinds = new ArrayList<>();
        int width = 1 + random.nextInt(NAMES.size());
        for (int i = 0; i < width; i++) {
            columns.add(NAMES.get(i));
            kinds.add(kind());
        }
        List<List<@Nullable String>> table = new ArrayList<>();
        double holes = random.nextInt(3) == 0 ? 0.1 : 0;
        int odd = random.nextInt(4) == 0 ? random.nextInt(rows) : -1;
        for (int row = 0; row < rows; row++) {
            List<@Nullable String> values = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                boolean hole = i > 0 && random.nextDouble() < holes;
                String value =
                        row == odd && i == width - 1 ? word() : kinds.get(i).get();
                values.add(hole ? null : i == 0 && value.isEmpty() ? "x" : value);
            }
            table.add(values);
        }
        return switch (random.nextInt(4)) {
            case 0 -> json(folder.resolve(name + ".ndjson"), columns, table);
            case 1 -> parquet(folder.resolve(name + ".parquet"), columns, table);
            case 2 -> csv(folder.resolve(name + ".csv.gz"), columns, table, ",");
            default -> csv(folder.resolve(name + ".csv"), columns, table, random.nextBoolean() ? ";" : "\t");
        };
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private Supplier<String> kind() {
        int scale = random.nextInt(5);
        String pattern = TIMES.get(random.nextInt(TIMES.size()));
        var format = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
        return switch (random.nextInt(12)) {
            case 0 -> () -> Long.toString(random.nextInt(1000) - 500);
            case 1 -> () -> Long.toString(random.nextLong());
            case 2 -> () -> "%.{s}f".replace("{s}", String.valueOf(scale)).formatted(random.nextGaussian() * 1000);
            case 3 -> () -> Double.toString(random.nextGaussian() * 1e9);
            case 4 -> () -> "%05d".formatted(random.nextInt(99999));
            case 5 -> () -> random.nextBoolean() ? "true" : "false";
            case 6 -> () -> random.nextBoolean() ? "Y" : "N";
            case 7 -> () -> new UUID(random.nextLong(), random.nextLong()).toString();
            case 8 -> this::word;
            case 9 -> () -> random.nextInt(5) == 0 ? "N/A" : Integer.toString(random.nextInt(50));
            default ->
                () -> LocalDateTime.of(2020, 1, 1, 0, 0)
                        .plusSeconds(random.nextInt(100_000_000))
                        .atOffset(ZoneOffset.ofHours(random.nextInt(3)))
                        .format(format);
        };
    }

    private static Path csv(Path file, List<String> columns, List<List<@Nullable String>> table, String delimiter)
            throws IOException {
        var text = new StringBuilder(line(columns, delimiter));
        table.forEach(row -> text.append(line(row, delimiter)));
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (!file.toString().endsWith(".gz")) {
            return Files.write(file, bytes);
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(bytes);
        }
        return file;
    }

    private static String line(List<? extends @Nullable String> values, String delimiter) {
        var line = new StringBuilder();
        for (String value : values) {
            line.append(line.isEmpty() ? "" : delimiter);
            if (value != null) {
                boolean plain = value.matches("[^,;\t\"\n]+");
                line.append(plain ? value : '"' + value.replace("\"", "\"\"") + '"');
            }
        }
        return line.append('\n').toString();
    }

    private static Path json(Path file, List<String> columns, List<List<@Nullable String>> table) throws IOException {
        var text = new StringBuilder();
        for (List<@Nullable String> row : table) {
            var object = JsonMapper.shared().createObjectNode();
            for (int i = 0; i < columns.size(); i++) {
                String value = row.get(i);
                if (value == null) {
                    object.putNull(columns.get(i));
                } else if (value.matches("-?(0|[1-9][0-9]*)([.][0-9]+)?") && value.length() < 16) {
                    object.put(columns.get(i), new BigDecimal(value));
                } else {
                    object.put(columns.get(i), value);
                }
            }
            text.append(object).append('\n');
        }
        return Files.writeString(file, text);
    }

    private static Path parquet(Path file, List<String> columns, List<List<@Nullable String>> table)
            throws IOException {
        Path plain = json(Path.of(file + ".tmp"), columns, table);
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("COPY (SELECT * FROM read_json('" + plain + "', format = 'newline_delimited')) TO '"
                    + file + "' (FORMAT parquet)");
        } catch (SQLException failure) {
            throw new IOException(failure);
        }
        Files.delete(plain);
        return file;
    }
}
