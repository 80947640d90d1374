package io.leat.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class SumsTest {

    private static final Contract CONTRACT = Contract.of(
            Column.of("id", LeatType.INTEGER),
            Column.of("amount", new LeatType.Decimal(38, 10)),
            Column.of("tiny", new LeatType.Decimal(38, 38)),
            Column.of("name", LeatType.STRING),
            Column.of("at", LeatType.TIMESTAMP),
            Column.of("day", LeatType.DATE),
            Column.of("ok", LeatType.BOOLEAN),
            Column.of("raw", LeatType.Simple.BINARY),
            Column.of("ratio", LeatType.DOUBLE));

    @Test
    void sumsEveryTypeExactly() throws SQLException {
        Sums sums = sums(
                "SELECT 9223372036854775807 AS id, 9000000000000000000000000000.1234567890::DECIMAL(38,10) AS amount,"
                        + " 0.9::DECIMAL(38,38) AS tiny, 'né' AS name, TIMESTAMPTZ '1970-01-01 00:00:01+00' AS at, DATE '1970-01-03' AS day,"
                        + " true AS ok, 'ab'::BLOB AS raw, 0.5::DOUBLE AS ratio FROM range(20)");
        assertThat(sums.rows()).isEqualTo(20);
        assertThat(sums.columns().get("id").sum()).isEqualTo(new BigDecimal("184467440737095516140"));
        assertThat(sums.columns().get("amount").sum()).isEqualByComparingTo("180000000000000000000000000002.46913578");
        assertThat(sums.columns().get("tiny").sum()).isEqualByComparingTo("18");
        assertThat(sums.columns().get("name").sum()).isEqualByComparingTo("60");
        assertThat(sums.columns().get("at").sum()).isEqualByComparingTo("20000000");
        assertThat(sums.columns().get("day").sum()).isEqualByComparingTo("40");
        assertThat(sums.columns().get("ok").sum()).isEqualByComparingTo("20");
        assertThat(sums.columns().get("raw").sum()).isEqualByComparingTo("40");
        assertThat(sums.columns().get("ratio").values()).isEqualTo(20);
    }

    @Test
    void survivesItsText() throws SQLException {
        Sums sums = sums("SELECT 1 AS id, 1.50::DECIMAL(38,10) AS amount, NULL::DECIMAL(38,38) AS tiny, NULL AS name,"
                + " NULL::TIMESTAMPTZ AS at, NULL::DATE AS day, false AS ok, NULL::BLOB AS raw, NULL::DOUBLE AS ratio");
        assertThat(Sums.parse(sums.json())).isEqualTo(sums);
        assertThat(sums.plus(sums).rows()).isEqualTo(2);
        assertThat(sums.difference(sums)).isEmpty();
        assertThat(sums.plus(sums).difference(sums)).hasValue("2 rows here, 1 there");
    }

    @Test
    void noRowsSumToNothing() throws SQLException {
        Sums sums = sums(
                "SELECT 1 AS id, 1::DECIMAL(38,10) AS amount, NULL::DECIMAL(38,38) AS tiny, 'x' AS name,"
                        + " NULL::TIMESTAMPTZ AS at, NULL::DATE AS day, false AS ok, NULL::BLOB AS raw, NULL::DOUBLE AS ratio LIMIT 0");
        assertThat(sums.rows()).isZero();
        assertThat(sums.columns().get("amount")).isEqualTo(new Sums.ColumnSum(0, BigDecimal.ZERO));
    }

    private static Sums sums(String relation) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT " + Sums.sql(CONTRACT) + " FROM (" + relation + ")")) {
            result.next();
            return Sums.parse(result.getString(1));
        }
    }
}
