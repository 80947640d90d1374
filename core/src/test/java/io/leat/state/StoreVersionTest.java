package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two databases keep the same. */
class StoreVersionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void isThatOfTheNewestMigration(String database) throws IOException {
        Path migrations = Path.of("src/main/resources/io/leat/state/migration", database);
        try (Stream<Path> files = Files.list(migrations)) {
            assertThat(files.map(path -> path.getFileName().toString().substring(1, 4))
                            .map(Integer::parseInt))
                    .contains(StoreVersion.VERSION)
                    .allMatch(version -> version <= StoreVersion.VERSION);
        }
    }

    @Test
    void hasTheSameTablesAndColumnsInBothDatabases() throws SQLException {
        Path file = folder.resolve("state.db");
        SqliteState.open(file).close();
        var place = PostgresStores.made();
        try (var sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
                var postgres = PostgresServer.shared().connect(place.database())) {
            var inSqlite = columns(
                    sqlite,
                    "SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c"
                            + " WHERE m.name NOT LIKE 'sqlite%'");
            var inPostgres = columns(
                    postgres,
                    "SELECT table_name, column_name FROM information_schema.columns" + " WHERE table_schema = 'leat'");
            inSqlite.remove("tokens"); // a sequence in PostgreSQL

            assertThat(inSqlite).containsKeys("pipeline_records", "pipeline_records_readable");
            assertThat(inPostgres).isEqualTo(inSqlite);
            inSqlite.keySet().removeAll(Set.of("store", StoreVersion.HISTORY, "pipeline_records_readable"));
            assertThat(inSqlite.keySet())
                    .as("tables that are exported")
                    .isEqualTo(Arrays.stream(StoredTable.values())
                            .map(StoredTable::table)
                            .collect(Collectors.toSet()));
        }
    }

    private static Map<String, SortedSet<String>> columns(Connection connection, String sql) throws SQLException {
        var columns = new TreeMap<String, SortedSet<String>>();
        try (var rows = connection.createStatement().executeQuery(sql)) {
            while (rows.next()) {
                columns.computeIfAbsent(rows.getString(1), _ -> new TreeSet<>()).add(rows.getString(2));
            }
        }
        return columns;
    }
}
