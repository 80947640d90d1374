package io.leat.cli;

import io.leat.cli.template.NewProject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Goes the ways that most commands go, once, in an empty folder of its own: while this runs, the script {@code leat} records which
 * classes are loaded, for the archive with which the program starts fast.
 */
final class WarmUp {
    private static final String ROWS = """
            id,at,name,amount
            1,2024-01-01 00:10:00,one,1.50
            2,2024-01-01 01:10:00,two,2.50
            3,2024-01-01 01:20:00,three,none
            """;

    private static final String BY_HOUR = """
            pipeline: by_hour
            source: { files: data/rows.csv }
            window: { column: at, every: 1h, timezone: UTC, start: 2024-01-01, end: 2024-01-02 }
            columns:
              id:     { type: integer, required: true }
              at:     { type: local_timestamp, required: true }
              name:   { type: string }
              amount: { type: "decimal(12,2)" }
            checks: [{ name: named, not_null: [name] }]
            target: { table: bronze.by_hour }
            """;

    private static final String TOTALS = """
            MODEL (name gold.totals, kind FULL);

            SELECT name, sum(amount) AS amount FROM bronze.by_hour GROUP BY name
            """;

    private static final List<List<String>> COMMANDS = List.of(
            List.of("add", "data/rows.csv"),
            List.of("validate"),
            List.of("run"),
            List.of("run"),
            List.of("status"),
            List.of("rejects"),
            List.of("why", "by_hour@2024-01-01T01"),
            List.of("query", "FROM gold.totals"),
            List.of("--help"));

    private final Path folder;
    private final PrintStream data;
    private final PrintStream messages;

    WarmUp(Path folder, PrintStream data, PrintStream messages) {
        this.folder = folder;
        this.data = data;
        this.messages = messages;
    }

    public static void main(String[] arguments) throws IOException {
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        System.exit(new WarmUp(Path.of(arguments[0]), nowhere, nowhere).run() ? 0 : 1);
    }

    /** Whether every command succeeded. */
    boolean run() throws IOException {
        NewProject.write(folder);
        Files.writeString(folder.resolve("data/rows.csv"), ROWS);
        Files.writeString(folder.resolve("pipelines/by_hour.yaml"), BY_HOUR);
        Files.createDirectories(folder.resolve("models/gold"));
        Files.writeString(folder.resolve("models/gold/totals.sql"), TOTALS);
        boolean all = true;
        for (List<String> command : COMMANDS) {
            all &= new Program(data, messages, Map.of(), folder).run(command.toArray(String[]::new)) == 0;
        }
        return all;
    }
}
