package io.leat.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;

/** Runs a file of SQL in DuckDB: the plain side of a comparison. */
final class Plain {
    private Plain() {}

    public static void main(String[] arguments) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute(Files.readString(Path.of(arguments[0])));
        }
    }
}
