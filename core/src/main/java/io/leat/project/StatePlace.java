package io.leat.project;

import io.leat.config.Fields;
import io.leat.config.Key;
import io.leat.config.Located;
import io.leat.config.ObjectShape;
import io.leat.config.Shape;
import io.leat.connection.ConnectionSpec;
import io.leat.connection.PostgresConnection;
import java.nio.file.Path;
import java.util.Map;

/** Where the state store of a project is. */
public sealed interface StatePlace {

    /** A file of SQLite. */
    record InFile(Path file) implements StatePlace {
        @Override
        public String toString() {
            return file.toString();
        }
    }

    /** A schema of PostgreSQL. */
    record InPostgres(PostgresConnection connection) implements StatePlace {
        @Override
        public String toString() {
            return connection.place();
        }
    }

    /** {@code state:} as it was written: a path, or the name of a connection. */
    record Written(Located<String> value, boolean isConnection) {

        private static final Key<Located<String>> CONNECTION = Key.required(
                "connection", Shape.text().located(), "The name of an entry of connections, of type postgresql.");

        private static final ObjectShape<Written> OBJECT = Shape.object(
                "state",
                "A state store on a database server.",
                fields -> new Written(fields.value(CONNECTION), true),
                CONNECTION);

        static final Shape<Written> SHAPE =
                Shape.either(Shape.text().located().as(path -> new Written(path, false)), OBJECT);

        /** The place; a name that no connection has is refused where it stands. */
        StatePlace in(Map<String, ConnectionSpec> connections, Fields fields) {
            if (!isConnection) {
                return new InFile(Path.of(value.value()));
            }
            return switch (connections.get(value.value())) {
                case PostgresConnection postgres -> new InPostgres(postgres);
                case null -> {
                    fields.refuse(UnknownConnection.problem(value, connections.keySet()));
                    yield new InFile(Path.of(""));
                }
            };
        }
    }
}
