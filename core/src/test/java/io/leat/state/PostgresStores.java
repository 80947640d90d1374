package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.config.Problems;
import io.leat.config.SourceText;
import io.leat.config.Yaml;
import io.leat.connection.ConnectionSpec;
import io.leat.connection.PostgresConnection;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.testing.PostgresServer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Databases for stores on PostgreSQL, one for each test. */
final class PostgresStores {
    private PostgresStores() {}

    /** A database without a store. */
    static PostgresConnection empty() {
        return connection(
                PostgresServer.shared().port(), PostgresServer.shared().newDatabase());
    }

    /** A database with an empty store. Made by copying one: it is ten times as fast as making one, and their ids are equal. */
    static PostgresConnection made() {
        return connection(
                PostgresServer.shared().port(), PostgresServer.shared().copyOf(Template.DATABASE));
    }

    private static final class Template {
        private static final String DATABASE = make();

        private static String make() {
            var connection = empty();
            PostgresState.open(connection).close();
            return connection.database();
        }
    }

    static PostgresConnection connection(int port, String database) {
        return connection(port, database, PostgresServer.USER, PostgresServer.PASSWORD, "leat");
    }

    /** As a user describes it. */
    static PostgresConnection connection(int port, String database, String user, String password, String schema) {
        String yaml = "{type: postgresql, host: 127.0.0.1, port: %d, database: %s, user: %s, password: %s, schema: %s}"
                .formatted(port, database, user, password, schema);
        var problems = new Problems();
        var connection = Yaml.parse(yaml, SourceText.ofText("a test", yaml), problems)
                .flatMap(node -> ConnectionSpec.SHAPE.read(node, problems));
        problems.throwIfAny();
        return (PostgresConnection) connection.orElseThrow();
    }

    /** Asserts that the failure says what, where and what to do, and no password. */
    static void assertFails(ErrorCode code, String words, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(PipelineException.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.message()).contains(words);
            assertThat(failure.context()).containsKey("store");
            assertThat(failure.hint()).isPresent();
            assertThat(failure.toString() + failure.context()).doesNotContain(PostgresServer.PASSWORD);
        });
    }
}
