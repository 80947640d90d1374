package io.leat.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDateTime;

/** 10,000 windows of an hour with 1,000 rows each, against one plain statement that knows no windows. */
final class SmallWindows implements Benchmark {
    private static final int WINDOWS = 10_000;
    private static final int ROWS = 1_000;
    private static final int WINDOWS_IN_A_FILE = 1_000;
    private static final int WINDOWS_IN_A_COMMIT = 256;
    private static final LocalDateTime START = LocalDateTime.of(2024, 1, 1, 0, 0);

    @Override
    public String about() {
        return "10,000 windows of 1,000 rows, all records and ledger rows compared, against one plain DuckDB statement"
                + " without windows; aim: 2 minutes with one worker";
    }

    @Override
    public void prepare(Place place) throws IOException {
        Path input = Files.createDirectories(place.folder().resolve("input"));
        for (int file = 0; file < WINDOWS / WINDOWS_IN_A_FILE; file++) {
            int first = file * WINDOWS_IN_A_FILE;
            Measurements.write(input.resolve("part-%02d.csv".formatted(file)), 100 + file, out -> {
                for (long id = (long) first * ROWS; id < (long) (first + WINDOWS_IN_A_FILE) * ROWS; id++) {
                    out.row(id, START.plusHours(id / ROWS));
                }
            });
        }
    }

    @Override
    public Command leat(Place place) throws IOException {
        Path project = place.fresh("leat");
        Projects.write(project, "small-windows.yaml", place.folder().resolve("input/*.csv"));
        return place.leat(project, "run");
    }

    @Override
    public Command plain(Place place) throws IOException {
        Path folder = place.fresh("plain");
        Projects.statement(folder, "csv-to-lake.sql", place.folder().resolve("input/*.csv"));
        return place.program(folder, Plain.class, "statement.sql");
    }

    /** Each window's record and ledger row, against a count of the input that Leat has no part in. */
    @Override
    public String compare(Place place) throws IOException, SQLException {
        Path project = place.folder().resolve("leat");
        try (var counted = new Counted()) {
            counted.execute("CREATE TABLE expected AS SELECT epoch_ms(date_trunc('hour', ts)) AS w, count(*) AS n"
                    + " FROM read_csv('" + place.folder().resolve("input/*.csv") + "') GROUP BY w");
            counted.copy(project.resolve(".leat/state.db"), "records", """
                    SELECT window_start_time, target_count FROM pipeline_records
                    WHERE latest = 1 AND pipeline_status = 'COMPLETED' AND source_count = target_count""");
            counted.copy(project.resolve(".leat/state.db"), "loads", """
                    SELECT r.window_start_time, l."rows" FROM leat_loads AS l
                    JOIN pipeline_records AS r ON r.load_id = l.load_id WHERE l.replaced_by IS NULL""");
            counted.execute("CREATE TABLE loaded AS SELECT epoch_ms(_leat_window) AS w, count(*) AS n FROM "
                    + Projects.parquet(project) + " GROUP BY w");
            for (String table : new String[] {"records", "loads", "loaded"}) {
                String wrong = counted.row("SELECT count(*) FROM (SELECT w, n FROM expected) AS e FULL JOIN " + table
                        + " AS t USING (w) WHERE e.n IS DISTINCT FROM t.n");
                if (!wrong.equals("0")) {
                    throw new IllegalStateException(wrong + " windows differ between the input and " + table);
                }
            }
            long commits = commits(project);
            if (commits < WINDOWS / WINDOWS_IN_A_COMMIT) {
                throw new IllegalStateException("more than 256 windows in a commit: only " + commits + " commits");
            }
            return counted.row("SELECT count(*) FROM records") + " records and ledger rows, " + commits + " commits";
        }
    }

    private static long commits(Path project) throws IOException {
        try (var files = Files.walk(project.resolve(".leat"))) {
            return files.filter(file -> file.getFileName().toString().matches("snap-.*\\.avro"))
                    .count();
        }
    }
}
