package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testing.PostgresServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever speaks Iceberg's JDBC catalog finds the tables. */
class IcebergCatalogRowsTest {
    @TempDir
    Path folder;

    @Test
    void theCatalogOfIcebergListsTheTablesOfAnEnvironmentInSqlite() {
        Path file = folder.resolve("state.db");
        try (var store = SqliteState.open(file)) {
            publish(store);
        }

        assertLists(Map.of("uri", "jdbc:sqlite:" + file));
    }

    @Test
    void theCatalogOfIcebergListsTheTablesOfAnEnvironmentInPostgresql() {
        var place = PostgresStores.made();
        try (var store = PostgresState.open(place)) {
            publish(store);
        }

        assertLists(Map.of(
                "uri",
                "jdbc:postgresql://127.0.0.1:" + place.port() + "/" + place.database() + "?currentSchema=leat",
                "jdbc.user",
                PostgresServer.USER,
                "jdbc.password",
                PostgresServer.PASSWORD));
    }

    private static void publish(StateStore store) {
        store.publish(Publication.ofPointers(
                StateStoreContract.DEV, List.of(StateStoreContract.swap(null, "file:/lake/m1.json"))));
    }

    private static void assertLists(Map<String, String> access) {
        var properties = new HashMap<>(Map.of("warehouse", "/lake", "jdbc.schema-version", "V1"));
        properties.putAll(access);
        try (var catalog = new JdbcCatalog(_ -> new InMemoryFileIO(), null, false)) {
            catalog.initialize("dev", properties);

            assertThat(catalog.listNamespaces()).containsExactly(Namespace.of("bronze"));
            assertThat(catalog.listTables(Namespace.of("bronze")))
                    .containsExactly(TableIdentifier.of("bronze", "trips"));
            assertThat(catalog.namespaceExists(Namespace.of("bronze"))).isTrue();
        }
    }
}
