package io.leat.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrictCastTest {

    private Connection connection;

    @BeforeAll
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        try (var statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
        }
    }

    @AfterAll
    void close() throws SQLException {
        connection.close();
    }

    @ParameterizedTest(name = "{0} as {1} is {2}")
    @CsvSource(nullValues = "-", ignoreLeadingAndTrailingWhitespace = false, delimiter = '|', textBlock = """
            7|integer|7
            007|integer|7
            +7|integer|7
            -0|integer|0
             7 |integer|7
            1.0|integer|1
            1.|integer|1
            1.5|integer|-
            1e3|integer|-
            0x10|integer|-
            0b11|integer|-
            1_000|integer|-
            1'000|integer|-
            1,000|integer|-
            9223372036854775807|integer|9223372036854775807
            9223372036854775808|integer|-
            ٣|integer|-
            128|int8|-
            127|int8|127
            abc|integer|-
            1.23|decimal(5,2)|1.23
            1.2|decimal(5,2)|1.20
            1.230|decimal(5,2)|1.23
            1.239|decimal(5,2)|-
            .5|decimal(5,2)|0.50
            5.|decimal(5,2)|5.00
            1234.5|decimal(5,2)|-
            12|decimal(5,0)|12
            12.0|decimal(5,0)|12
            12.5|decimal(5,0)|-
            1.5e-7|decimal(38,10)|0.0000001500
            1.5e-7|decimal(38,7)|-
            1e2|decimal(5,2)|100.00
            1_0|decimal(5,2)|-
            1.5|double|1.5
            1.50|double|1.5
            1e3|double|1000.0
            1e999|double|-
            nan|double|nan
            NaN|double|-
            infinity|double|-
            0x10|double|-
            1_0|double|-
            TRUE|boolean|true
            0|boolean|false
            no |boolean|false
            2|boolean|-
            2020-01-31|date|2020-01-31
            2020-1-31|date|2020-01-31
             2020-01-31|date|2020-01-31
            2020-02-30|date|-
            2020-01-01 10:00|date|-
            2020/01/31|date|-
            infinity|date|-
            epoch|date|-
            0044-01-01 (BC)|date|-
            10:30|time|10:30:00
            10:30:15.5|time|10:30:15.5
            24:30|time|-
            2020-01-31 10:30:00|local_timestamp|2020-01-31 10:30:00
            2020-01-31T10:30:00|local_timestamp|2020-01-31 10:30:00
            2020-01-31 10:30|local_timestamp|2020-01-31 10:30:00
            2020-01-31|local_timestamp|2020-01-31 00:00:00
            2020-01-31 10:30:00.123456|local_timestamp|2020-01-31 10:30:00.123456
            2020-01-31 10:30:00.1234567|local_timestamp|-
            2020-01-31 10:30:00Z|local_timestamp|-
            2020-01-31 10:30:00+02|local_timestamp|-
            2020-01-31 10:30+02|local_timestamp|-
            2020-01-31 10:30:00 Europe/Paris|local_timestamp|-
            2020-01-31 10:30:60|local_timestamp|-
            2020-01-31T10:30:0Z|local_timestamp|-
            2020-01-31T10:30:0 |local_timestamp|-
            2020-01-31T10:3 :00|local_timestamp|-
            2020-01-31T 1:30:00|local_timestamp|-
            2020-01-3 T10:30:00|local_timestamp|-
             999-01-31T10:30:00|local_timestamp|-
            -999-01-31T10:30:00|local_timestamp|-
            2020-01-31T10:30:00.25|local_timestamp|2020-01-31 10:30:00.25
            2020-01-31T10:30:00.250|local_timestamp|2020-01-31 10:30:00.25
            9999-12-31T23:59:59.999999|local_timestamp|9999-12-31 23:59:59.999999
            12020-01-31T10:30:00|local_timestamp|-
            2020-01-31 10:30:0Z|local_timestamp|-
            2020-01-31  1:30:00|local_timestamp|-
            0044-01-01 (BC) 00:00:00|local_timestamp|-
            infinity|local_timestamp|-
            -infinity|local_timestamp|-
            2020-01-31T10:30:00Z|timestamp|2020-01-31 10:30:00+00
            2020-01-31T10:30:00.25Z|timestamp|2020-01-31 10:30:00.25+00
            2020-01-31T10:30:00.250Z|timestamp|2020-01-31 10:30:00.25+00
            2020-01-31 10:30:00Z|timestamp|2020-01-31 10:30:00+00
            2020-01-31T10:30:0 Z|timestamp|-
            2020-01-31T10:3 :00Z|timestamp|-
            2020-01-31T 1:30:00Z|timestamp|-
             999-01-31T10:30:00Z|timestamp|-
            -999-01-31T10:30:00Z|timestamp|-
            12020-01-31T10:30:00Z|timestamp|-
            2020-01-31T10:30:00+02:00|timestamp|2020-01-31 08:30:00+00
            2020-01-31 10:30:00 +0200|timestamp|2020-01-31 08:30:00+00
            2020-01-31 10:30+02|timestamp|2020-01-31 08:30:00+00
            2020-01-31 10:30:00|timestamp|-
            2020-01-31 10:30:00 Europe/Paris|timestamp|-
            2020-01-31 10:30:00.1234567Z|timestamp|-
            123e4567-e89b-12d3-a456-426614174000|uuid|123e4567-e89b-12d3-a456-426614174000
            123E4567-E89B-12D3-A456-426614174000|uuid|123e4567-e89b-12d3-a456-426614174000
            123e4567e89b12d3a456426614174000|uuid|-
            6162|binary|ab
            616|binary|-
            {"a":1}|json|{"a":1}
            {a|json|-
            [1,2]|list<integer>|[1, 2]
            ["x"]|list<integer>|-
            {"a":1}|struct<a: integer>|{'a': 1}
            {"a":"x"}|struct<a: integer>|-
            {"a":1.5}|struct<a: integer>|-
            {"a":1,"b":2}|struct<a: integer>|-
            {"b":"y","a":1}|struct<a: integer, b: string>|{'a': 1, 'b': y}
            {"a":1}|struct<a: integer, b: string>|{'a': 1, 'b': NULL}
            {"a":[{"b":[1,null]},{}]}|struct<a: list<struct<b: list<integer>>>>|{'a': [{'b': [1, NULL]}, {'b': NULL}]}
            {"a":[{"b":[1,"x"]},{}]}|struct<a: list<struct<b: list<integer>>>>|-
            []|list<integer>|[]
            {}|list<integer>|-
             x|string| x
            """)
    void takesAValueWholeOrNotAtAll(String text, String type, @Nullable String expected) throws SQLException {
        assertThat(cast(text, LeatType.parse(type), null)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} as {1} by {2} is {3}")
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
            2001/01/01 00:47|local_timestamp|%Y/%m/%d %H:%M|2001-01-01 00:47:00
            2001/13/01 00:47|local_timestamp|%Y/%m/%d %H:%M|-
            2001/01/01 00:47x|local_timestamp|%Y/%m/%d %H:%M|-
            31.01.2020|date|%d.%m.%Y|2020-01-31
            31.01.2020 10:00|date|%d.%m.%Y %H:%M|-
            31.01.2020 00:00|date|%d.%m.%Y %H:%M|2020-01-31
            1030|time|%H%M|10:30:00
            2020-01-31T10:30Z|timestamp|%Y-%m-%dT%H:%M%z|2020-01-31 10:30:00+00
            2020-01-31 10:30 +0200|timestamp|%Y-%m-%d %H:%M %z|2020-01-31 08:30:00+00
            """)
    void readsByFormat(String text, String type, String format, @Nullable String expected) throws SQLException {
        assertThat(StrictCast.problem(LeatType.parse(type), format)).isEmpty();
        assertThat(cast(text, LeatType.parse(type), format)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} as {1} is {2}")
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
            1.5::DOUBLE|integer|-
            2.0::DOUBLE|integer|2
            300::INTEGER|int8|-
            300::INTEGER|integer|300
            TIMESTAMP_NS '2020-01-01 10:00:00.123456789'|local_timestamp|-
            TIMESTAMP_NS '2020-01-01 10:00:00.123456'|local_timestamp|2020-01-01 10:00:00.123456
            TIMESTAMP '2020-01-01 10:00:00'|timestamp|-
            TIMESTAMP '2020-01-01 10:00:00'|date|-
            TIMESTAMP '2020-01-01 00:00:00'|date|2020-01-01
            1.25::DECIMAL(5,2)|decimal(5,1)|-
            1.20::DECIMAL(5,2)|decimal(5,1)|1.2
            5::BIGINT|string|5
            """)
    void castsTypedValuesOnlyWhereTheyComeBack(String value, String type, @Nullable String expected)
            throws SQLException {
        LeatType target = LeatType.parse(type);
        String sqlType = one("SELECT typeof(" + value + ")");
        assertThat(one("SELECT CAST(" + StrictCast.sql(value, sqlType, target, null) + " AS VARCHAR)"))
                .isEqualTo(expected);
    }

    @Test
    void saysWhatIsWrongWithAFormat() {
        assertThat(StrictCast.problem(LeatType.TIMESTAMP, "%Y")).isPresent();
        assertThat(StrictCast.problem(LeatType.LOCAL_TIMESTAMP, "%Y %z")).isPresent();
        assertThat(StrictCast.problem(LeatType.INTEGER, "%Y")).isPresent();
        assertThat(StrictCast.problem(LeatType.DATE, "%Y")).isEmpty();
    }

    private @Nullable String cast(String text, LeatType type, @Nullable String format) throws SQLException {
        String sql = StrictCast.sql("v", "VARCHAR", type, format);
        return one("SELECT CAST(" + sql + " AS VARCHAR) FROM (SELECT '" + text.replace("'", "''") + "' AS v)");
    }

    private @Nullable String one(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
