package io.leat.cli.docs;

import io.leat.testing.PostgresServer;
import io.leat.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A reader's database, and as much of {@code psql} as pages ask for: {@code psql --csv -c SQL}, and {@code psql -qc SQL} for what gives
 * no rows. The variables {@code PGHOST} … say where the database is, as to the real one.
 */
final class Psql {
    private Psql() {}

    /** What a shell needs for a new database. */
    static Map<String, String> environment() {
        return Map.of(
                "PGHOST",
                "127.0.0.1",
                "PGPORT",
                "" + PostgresServer.shared().port(),
                "PGDATABASE",
                TestDatabase.create().name(),
                "PGUSER",
                PostgresServer.USER,
                "PGPASSWORD",
                PostgresServer.PASSWORD);
    }

    /** Puts the program into a folder. */
    static void install(Path folder) throws IOException {
        Path script = Files.writeString(folder.resolve("psql"), """
                #!/usr/bin/env bash
                exec '%s/bin/java' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' %s "$@"
                """.formatted(
                        System.getProperty("java.home"), System.getProperty("java.class.path"), Psql.class.getName()));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    public static void main(String[] arguments) throws SQLException {
        Map<String, String> at = System.getenv();
        String url = "jdbc:postgresql://" + at.get("PGHOST") + ":" + at.get("PGPORT") + "/" + at.get("PGDATABASE")
                + "?sslmode=disable&gssEncMode=disable";
        try (Connection connection = DriverManager.getConnection(url, at.get("PGUSER"), at.get("PGPASSWORD"));
                var statement = connection.createStatement()) {
            if (statement.execute(arguments[arguments.length - 1])) {
                print(statement.getResultSet());
            }
        }
    }

    private static void print(ResultSet rows) throws SQLException {
        var columns = rows.getMetaData();
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            names.add(columns.getColumnLabel(i));
        }
        System.out.println(String.join(",", names));
        while (rows.next()) {
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                String value = rows.getString(i);
                values.add(value == null ? "" : value);
            }
            System.out.println(String.join(",", values));
        }
    }
}
