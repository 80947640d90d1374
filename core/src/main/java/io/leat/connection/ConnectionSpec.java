package io.leat.connection;

import io.leat.config.Shape;
import java.util.Map;

/** An entry of {@code connections:}. It is made of typed fields alone, and no text of it can hold a password. */
public sealed interface ConnectionSpec permits PostgresConnection {

    /** The value of {@code type:}. */
    String type();

    Shape<ConnectionSpec> SHAPE =
            Shape.typed("connection", "type", Map.of(PostgresConnection.TYPE, PostgresConnection.SHAPE));
}
