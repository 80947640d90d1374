package io.leat.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** Sends a file of CSV to a server by the COPY of its driver: the plain side of a comparison. */
final class PlainCopy {
    private PlainCopy() {}

    /** @param arguments the URL of the database, the statement, the file */
    public static void main(String[] arguments) throws SQLException, IOException {
        try (var connection = DriverManager.getConnection(arguments[0]);
                var file = Files.newInputStream(Path.of(arguments[2]))) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(arguments[1], file);
        }
    }
}
