package io.leat.target.postgres;

import io.leat.name.EnvironmentName;
import io.leat.name.TableName;
import io.leat.schema.LeatType;
import io.leat.target.postgres.TableState.Format;
import io.leat.target.postgres.TableState.Owner;
import io.leat.target.postgres.TableState.Registration;
import io.leat.target.postgres.TableState.Way;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code leat_target.tables}, and what PostgreSQL's own catalog says of those tables. */
final class TableCatalog {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final DatabaseSession session;

    TableCatalog(DatabaseSession session) {
        this.session = session;
    }

    /** The table as it is now; Leat's own tables need not be there. */
    TableState read(TableName table) throws SQLException {
        boolean hasSchema = !session.list("SELECT 1 FROM pg_namespace WHERE nspname = ?", row -> true, table.schema())
                .isEmpty();
        Optional<String> kind = session.one("""
                SELECT c.relkind FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
                WHERE n.nspname = ? AND c.relname = ?
                """, row -> String.valueOf(row.getString(1)), table.schema(), table.name());
        Map<String, Format> columns = new LinkedHashMap<>();
        session.list(
                """
                SELECT a.attname, format_type(a.atttypid, a.atttypmod), col_description(c.oid, a.attnum)
                FROM pg_class AS c
                JOIN pg_namespace AS n ON n.oid = c.relnamespace
                JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                WHERE n.nspname = ? AND c.relname = ? ORDER BY a.attnum
                """,
                row -> columns.put(
                        String.valueOf(row.getString(1)),
                        new Format(String.valueOf(row.getString(2)), row.getString(3))),
                table.schema(),
                table.name());
        return new TableState(hasSchema, kind.orElse(null), columns, registration(table));
    }

    /** What Leat has made of the table; empty: nothing. */
    Optional<Registration> registration(TableName table) throws SQLException {
        if (LedgerSchema.isMissing(session)) {
            return Optional.empty();
        }
        return session.one(
                """
                SELECT store_id, environment, columns, way FROM leat_target.tables WHERE schema_name = ? AND table_name = ?
                """,
                row -> new Registration(
                        new Owner(
                                String.valueOf(row.getString(1)),
                                new EnvironmentName(String.valueOf(row.getString(2)))),
                        columns(String.valueOf(row.getString(3))),
                        new Way(String.valueOf(row.getString(4)))),
                table.schema(),
                table.name());
    }

    private static Map<String, LeatType> columns(String json) {
        Map<String, LeatType> columns = new LinkedHashMap<>();
        JSON.readTree(json).forEachEntry((name, type) -> columns.put(name, LeatType.parse(type.asString())));
        return columns;
    }

    /** Notes what Leat has made of a table, and whose it is. */
    void register(TableName table, Registration registration) throws SQLException {
        ObjectNode columns = JSON.createObjectNode();
        registration.columns().forEach((name, type) -> columns.put(name, type.text()));
        session.change(
                """
                INSERT INTO leat_target.tables (schema_name, table_name, store_id, environment, columns, way)
                VALUES (?, ?, ?, ?, CAST(? AS json), ?)
                ON CONFLICT (schema_name, table_name) DO UPDATE
                SET store_id = EXCLUDED.store_id, environment = EXCLUDED.environment, columns = EXCLUDED.columns,
                  way = EXCLUDED.way,
                  adopted_at = CASE WHEN tables.store_id = EXCLUDED.store_id AND tables.environment = EXCLUDED.environment
                    THEN tables.adopted_at ELSE EXCLUDED.adopted_at END
                """,
                table.schema(),
                table.name(),
                registration.owner().storeId(),
                registration.owner().environment(),
                columns,
                registration.way().text());
    }

    /** Whose the table is; nobody can take it away before the transaction ends. */
    Optional<Owner> lockOwner(TableName table) throws SQLException {
        return session.one(
                """
                SELECT store_id, environment FROM leat_target.tables WHERE schema_name = ? AND table_name = ? FOR SHARE
                """,
                row -> new Owner(
                        String.valueOf(row.getString(1)), new EnvironmentName(String.valueOf(row.getString(2)))),
                table.schema(),
                table.name());
    }

    /** Keeps everybody else from making rows of the table of changes before the transaction ends. */
    void lockForFold(TableName table) throws SQLException {
        session.list(
                "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))",
                row -> true,
                LedgerSchema.NAME + "/fold/" + table);
    }

    /** Keeps everybody else from changing what the table is like before the transaction ends. */
    void lockForChange(TableName table) throws SQLException {
        session.list(
                "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", row -> true, LedgerSchema.NAME + "/" + table);
    }
}
