package io.leat.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlanksTest {
    /** Also signs that join to clusters: a combining accent, a flag, a joiner, a skin tone, line ends. */
    private static final String[] SIGNS = {
        "a",
        "Z",
        "0",
        "!",
        "\u001f",
        "é",
        "e\u0301",
        "\u0301",
        "\u200d",
        "👩\u200d🚀",
        "🇳🇱",
        "🏽",
        "漢",
        "\u00a0",
        "\u2003",
        "\u0000b",
        " ",
        "\t",
        "\n",
        "\r",
        "\r\n",
        "\f",
        "\u000b",
        "\u00a0 ",
        " \u0301"
    };

    @Test
    void takesOffWhatTrimTakesOff() throws SQLException {
        var random = new Random(20240310);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE texts (v VARCHAR)");
            try (var insert = connection.prepareStatement("INSERT INTO texts VALUES (?)")) {
                for (int i = 0; i < 20_000; i++) {
                    var text = new StringBuilder();
                    for (int sign = random.nextInt(6); sign > 0; sign--) {
                        text.append(SIGNS[random.nextInt(SIGNS.length)]);
                    }
                    insert.setString(1, text.toString());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            statement.execute("INSERT INTO texts VALUES (NULL)");
            String ascii = "trim(v, E' \\t\\n\\r\\f')";
            String more = "trim(v, ' ' || chr(9) || chr(10) || chr(12) || chr(13) || chr(160))";
            assertThat(count(statement, Blanks.off("v") + " IS DISTINCT FROM " + ascii))
                    .isZero();
            assertThat(count(statement, Blanks.offWithNoBreak("v") + " IS DISTINCT FROM " + more))
                    .isZero();
            assertThat(count(statement, ascii + " <> v")).isGreaterThan(5_000);
            assertThat(count(statement, more + " <> " + ascii)).isGreaterThan(500);
        }
    }

    private static long count(java.sql.Statement statement, String condition) throws SQLException {
        try (var rows = statement.executeQuery("SELECT count(*) FROM texts WHERE " + condition)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
