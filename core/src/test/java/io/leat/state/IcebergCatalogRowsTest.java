package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
    void theCatalogOfIcebergListsTheTablesOfAnEnvironment() {
        Path file = folder.resolve("state.db");
        try (var store = SqliteState.open(file)) {
            store.publish(Publication.ofPointers(
                    StateStoreContract.DEV, List.of(StateStoreContract.swap(null, "file:/lake/m1.json"))));
        }
        try (var catalog = new JdbcCatalog(_ -> new InMemoryFileIO(), null, false)) {
            catalog.initialize(
                    "dev", Map.of("uri", "jdbc:sqlite:" + file, "warehouse", "/lake", "jdbc.schema-version", "V1"));

            assertThat(catalog.listNamespaces()).containsExactly(Namespace.of("bronze"));
            assertThat(catalog.listTables(Namespace.of("bronze")))
                    .containsExactly(TableIdentifier.of("bronze", "trips"));
            assertThat(catalog.namespaceExists(Namespace.of("bronze"))).isTrue();
        }
    }
}
