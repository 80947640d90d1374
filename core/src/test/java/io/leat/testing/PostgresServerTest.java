package io.leat.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class PostgresServerTest {

    @Test
    void givesEachTestADatabaseOfItsOwn() throws SQLException {
        var server = PostgresServer.shared();

        assertThat(server.newDatabase()).isNotEqualTo(server.newDatabase());
        try (var connection = server.connect(server.newDatabase());
                var row = connection.createStatement().executeQuery("SHOW synchronous_commit")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("on");
        }
    }
}
