package io.leat.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The projects and statements of the benchmarks, with their input's place filled in. */
final class Projects {
    private Projects() {}

    /** A project of one pipeline. */
    static void write(Path folder, String pipeline, Path input) throws IOException {
        Files.writeString(folder.resolve("leat.yaml"), text("leat.yaml", input));
        Files.createDirectories(folder.resolve("pipelines"));
        Files.writeString(folder.resolve("pipelines/measurements.yaml"), text(pipeline, input));
    }

    /** A file {@code statement.sql}. */
    static void statement(Path folder, String statement, Path input) throws IOException {
        Files.writeString(folder.resolve("statement.sql"), text(statement, input));
    }

    /** The Parquet files of the only table that the project loaded: each belongs to its newest state. */
    static String parquet(Path project) {
        return "read_parquet('" + project
                + "/.leat/*/lake/bronze/measurements/data/**/*.parquet', hive_partitioning = false)";
    }

    private static String text(String name, Path input) throws IOException {
        try (var in = Objects.requireNonNull(Projects.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("@input@", input.toString());
        }
    }
}
