package io.leat.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** 500 MB of CSV into a table of PostgreSQL through Leat's full path, against the COPY of the same file by the server's driver. */
final class CsvToPostgres implements Benchmark {
    private static final long BYTES = 500_000_000;
    private static final LocalDateTime START = LocalDateTime.of(2024, 1, 1, 0, 0);
    private static final String COLUMNS = "(id bigint, ts timestamp, country text, value numeric(12,2), q bigint)";

    private @Nullable Postgres server;

    @Override
    public String about() {
        return "500 MB of CSV into PostgreSQL with declared columns, two checks and the audit, against COPY by the driver;"
                + " aim: 1.25 times its wall time";
    }

    @Override
    public void prepare(Place place) throws IOException {
        Measurements.write(place.folder().resolve("input.csv"), 1, out -> {
            for (long id = 0; out.written() < BYTES; id++) {
                out.row(id, START.plusHours(id / 5_000));
            }
        });
        try {
            server = Postgres.start(Files.createTempDirectory("leat-bench-postgres-"));
        } catch (SQLException | InterruptedException failure) {
            throw new IOException("the server does not start", failure);
        }
    }

    private Postgres server() {
        return Objects.requireNonNull(server);
    }

    @Override
    public Command leat(Place place) throws IOException {
        Path project = place.fresh("leat");
        Projects.write(project, "csv-to-postgres.yaml", place.folder().resolve("input.csv"));
        Files.createDirectories(project.resolve("config"));
        Files.writeString(project.resolve("config/dev.yaml"), """
                connections:
                  warehouse: { type: postgresql, host: 127.0.0.1, port: %d, database: postgres, user: %s }
                """.formatted(server().port(), Postgres.USER));
        fresh("DROP SCHEMA IF EXISTS bench CASCADE; DROP SCHEMA IF EXISTS leat_target CASCADE");
        return place.leat(project, "run", "--env", "dev");
    }

    @Override
    public Command plain(Place place) throws IOException {
        fresh("DROP TABLE IF EXISTS plain; CREATE TABLE plain " + COLUMNS);
        return place.program(
                place.fresh("plain"),
                PlainCopy.class,
                server().url(),
                "COPY plain FROM STDIN (FORMAT csv, HEADER)",
                place.folder().resolve("input.csv").toString());
    }

    /** What an earlier run left is away, and written to disk: no side pays for the other. */
    private void fresh(String sql) {
        try {
            server().run(sql);
            server().run("CHECKPOINT");
        } catch (SQLException failure) {
            throw new UncheckedIOException(new IOException(failure));
        }
    }

    @Override
    public String compare(Place place) throws SQLException {
        String query = "SELECT count(*), sum(id), sum(value), sum(q), sum(extract(epoch FROM ts)) FROM ";
        String expected = server().row(query + "plain");
        String loaded = server().row(query + "bench.measurements");
        if (!loaded.equals(expected)) {
            throw new IllegalStateException("Leat loaded " + loaded + ", the plain COPY " + expected);
        }
        return "rows and sums " + loaded;
    }
}
