package io.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A project with a bit of everything that commands show: rejects, checks that warn, windows, and models of each kind. */
record SampleProject(Path root) {
    private static final JsonMapper JSON = JsonMapper.shared();

    static SampleProject in(Path root) {
        return new SampleProject(root)
                .file("leat.yaml", "project: shop\ndefaults: { memory: 256MB, threads: 2 }\n")
                .file("pipelines/sales.yaml", """
                        pipeline: sales
                        tags: [daily]
                        source: { files: data/sales.csv }
                        columns:
                          id: { type: integer, required: true, description: the number of the sale }
                          country: { type: string, pattern: "[A-Z]{2}" }
                          amount: { type: "decimal(10,2)" }
                        checks:
                          - { name: enough, rows: { min: 10 }, severity: warn }
                          - { name: once, unique: id }
                        target: { table: bronze.sales }
                        """)
                .file("pipelines/trips.yaml", """
                        pipeline: trips
                        source: { files: data/trips.csv }
                        window: { column: at, every: 1d, start: 2024-01-01, end: 2024-01-04, timezone: Europe/Berlin }
                        columns: { at: { type: timestamp }, metres: { type: integer, min: 0 } }
                        target: { table: bronze.trips }
                        """)
                .file("models/gold/totals.sql", """
                        MODEL (name gold.totals, kind FULL, description 'sales by country');
                        SELECT country, sum(amount) AS amount FROM bronze.sales GROUP BY country
                        """)
                .file("models/gold/names.sql", """
                        MODEL (name gold.names, kind VIEW);
                        SELECT DISTINCT country FROM bronze.sales
                        """)
                .file("data/sales.csv", "id,country,amount\n1,NL,10.5\n2,BE,20\n3,xx,5\n4,NL,many\n")
                .file("data/trips.csv", "at,metres\n2024-01-01T10:00:00Z,1\n2024-01-02T10:00:00Z,-2\n");
    }

    SampleProject file(String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    CommandRun run(String... command) {
        return CommandRun.in(root, command);
    }

    /** What a command prints that has to work. */
    String data(String... command) {
        CommandRun run = run(command);
        assertThat(run.exitCode())
                .as(String.join(" ", command) + ": " + run.messages())
                .isZero();
        return run.data();
    }

    /** The rows that it prints as JSON. */
    List<JsonNode> json(String... command) {
        String[] all = List.of(command).toArray(new String[command.length + 2]);
        all[command.length] = "-o";
        all[command.length + 1] = "json";
        List<JsonNode> rows = new ArrayList<>();
        JSON.readTree(data(all)).forEach(rows::add);
        return rows;
    }
}
