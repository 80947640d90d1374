package io.leat.testing;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A database of the shared server that a test fills, asks and breaks as its superuser. */
public record TestDatabase(String name) {

    /** An empty one. */
    public static TestDatabase create() {
        return new TestDatabase(PostgresServer.shared().newDatabase());
    }

    /** The entry of {@code connections:} for it, on one line; the password is that of {@link PostgresServer}. */
    public String entry() {
        return entry(PostgresServer.shared().port());
    }

    /** The same by another port, where a wire to the server begins. */
    public String entry(int port) {
        return "{ type: postgresql, host: 127.0.0.1, port: %d, database: %s, user: %s, password: \"%s\" }"
                .formatted(port, name, PostgresServer.USER, PostgresServer.PASSWORD);
    }

    /** Another one that holds the same; nobody may be connected to this one, and whoever goes just now is waited for. */
    public TestDatabase copy() {
        return new TestDatabase(PostgresServer.shared().copyOf(name));
    }

    /** Sets it back to what another one holds, whoever is connected. */
    public void become(TestDatabase other) {
        drop();
        PostgresServer.shared().run("postgres", "CREATE DATABASE " + name + " TEMPLATE " + other.name);
    }

    /** Removes it, whoever is connected. */
    public void drop() {
        PostgresServer.shared().run("postgres", "DROP DATABASE " + name + " WITH (FORCE)");
    }

    public void run(String sql) {
        PostgresServer.shared().run(name, sql);
    }

    /** The rows of a query, each as its values joined by {@code |}. */
    public List<String> rows(String sql) {
        try (var connection = PostgresServer.shared().connect(name);
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    values.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", values));
            }
            return rows;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The only value of a query. */
    public String value(String sql) {
        return rows(sql).getFirst();
    }
}
