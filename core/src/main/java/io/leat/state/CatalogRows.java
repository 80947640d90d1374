package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** {@code iceberg_tables}: the pointers of lake tables, in the layout of Iceberg's JdbcCatalog. */
final class CatalogRows {
    private static final String SELECT = """
            SELECT catalog_name, table_namespace, table_name, metadata_location, previous_metadata_location
            FROM iceberg_tables
            WHERE catalog_name = ? AND (iceberg_type = 'TABLE' OR iceberg_type IS NULL)
            """;

    private final Session session;

    CatalogRows(Session session) {
        this.session = session;
    }

    private static CatalogTable read(Row row) throws SQLException {
        return new CatalogTable(row.environment(), new TableName(row.text(), row.text()), row.text(), row.textOrNull());
    }

    List<CatalogTable> all(EnvironmentName environment) throws SQLException {
        return session.list(SELECT + "ORDER BY table_namespace, table_name", CatalogRows::read, environment);
    }

    Optional<CatalogTable> table(EnvironmentName environment, TableName table) throws SQLException {
        return session.one(
                SELECT + "AND table_namespace = ? AND table_name = ?",
                CatalogRows::read,
                environment,
                table.schema(),
                table.name());
    }

    /** Compare-and-swap; false and no change if the pointer is not what the swap expects. */
    boolean swap(EnvironmentName environment, PointerSwap swap) throws SQLException {
        if (swap.from() == null) {
            return create(environment, swap);
        }
        return swap.to() == null ? drop(environment, swap) : move(environment, swap);
    }

    private boolean create(EnvironmentName environment, PointerSwap swap) throws SQLException {
        return session.change(
                        """
                        INSERT INTO iceberg_tables (
                          catalog_name, table_namespace, table_name, metadata_location, previous_metadata_location, iceberg_type)
                        VALUES (?, ?, ?, ?, NULL, 'TABLE')
                        ON CONFLICT DO NOTHING
                        """, environment, swap.table().schema(), swap.table().name(), swap.to())
                == 1;
    }

    private boolean drop(EnvironmentName environment, PointerSwap swap) throws SQLException {
        return session.change(
                        """
                        DELETE FROM iceberg_tables
                        WHERE catalog_name = ? AND table_namespace = ? AND table_name = ? AND metadata_location = ?
                        """, environment, swap.table().schema(), swap.table().name(), swap.from())
                == 1;
    }

    private boolean move(EnvironmentName environment, PointerSwap swap) throws SQLException {
        return session.change(
                        """
                        UPDATE iceberg_tables SET metadata_location = ?, previous_metadata_location = ?
                        WHERE catalog_name = ? AND table_namespace = ? AND table_name = ? AND metadata_location = ?
                          AND (iceberg_type = 'TABLE' OR iceberg_type IS NULL)
                        """,
                        swap.to(),
                        swap.from(),
                        environment,
                        swap.table().schema(),
                        swap.table().name(),
                        swap.from())
                == 1;
    }
}
