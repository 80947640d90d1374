package io.leat.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDateTime;

/** 2 GB of CSV through Leat's full path, against one plain statement of DuckDB's from CSV to Parquet. */
final class CsvToLake implements Benchmark {
    private static final long BYTES = 2_000_000_000;
    private static final LocalDateTime START = LocalDateTime.of(2024, 1, 1, 0, 0);

    @Override
    public String about() {
        return "2 GB of CSV with declared columns and two checks, against one plain DuckDB statement to Parquet;"
                + " aim: 1.25 times its CPU, under 1.5 GB";
    }

    @Override
    public void prepare(Place place) throws IOException {
        Measurements.write(place.folder().resolve("input.csv"), 1, out -> {
            for (long id = 0; out.written() < BYTES; id++) {
                out.row(id, START.plusHours(id / 5_000));
            }
        });
    }

    @Override
    public Command leat(Place place) throws IOException {
        Path project = place.fresh("leat");
        Projects.write(project, "csv-to-lake.yaml", place.folder().resolve("input.csv"));
        return place.leat(project, "run");
    }

    @Override
    public Command plain(Place place) throws IOException {
        Path folder = place.fresh("plain");
        Projects.statement(folder, "csv-to-lake.sql", place.folder().resolve("input.csv"));
        return place.program(folder, Plain.class, "statement.sql");
    }

    @Override
    public String compare(Place place) throws IOException, SQLException {
        Path plain = place.folder().resolve("plain/plain.parquet");
        try (var counted = new Counted()) {
            String query = "SELECT count(*), sum(id), sum(value), sum(q), sum(epoch_us(ts)) FROM ";
            String expected = counted.row(query + "read_parquet('" + plain + "')");
            String loaded = counted.row(query + Projects.parquet(place.folder().resolve("leat")));
            if (!loaded.equals(expected)) {
                throw new IllegalStateException("Leat loaded " + loaded + ", the plain statement " + expected);
            }
            return "rows and sums " + loaded + ", " + Files.size(plain) / 1_000_000 + " MB of Parquet";
        }
    }
}
