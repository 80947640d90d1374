package io.leat.target;

import io.leat.name.Sql;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.LeatType;
import java.util.stream.Collectors;

/** Rows with the values of every type at which conversions go wrong. */
public final class EveryType {

    public static final Contract CONTRACT = Contract.of(
            Column.of("n", LeatType.parse("integer")),
            Column.of("string", LeatType.parse("string")),
            Column.of("integer", LeatType.parse("integer")),
            Column.of("int8", LeatType.parse("int8")),
            Column.of("int16", LeatType.parse("int16")),
            Column.of("int32", LeatType.parse("int32")),
            Column.of("d9", LeatType.parse("decimal(9,2)")),
            Column.of("d5", LeatType.parse("decimal(5,5)")),
            Column.of("d18", LeatType.parse("decimal(18,6)")),
            Column.of("d20", LeatType.parse("decimal(20,0)")),
            Column.of("d38", LeatType.parse("decimal(38,0)")),
            Column.of("d38s", LeatType.parse("decimal(38,38)")),
            Column.of("d38m", LeatType.parse("decimal(38,19)")),
            Column.of("double", LeatType.parse("double")),
            Column.of("boolean", LeatType.parse("boolean")),
            Column.of("date", LeatType.parse("date")),
            Column.of("time", LeatType.parse("time")),
            Column.of("timestamp", LeatType.parse("timestamp")),
            Column.of("local", LeatType.parse("local_timestamp")),
            Column.of("uuid", LeatType.parse("uuid")),
            Column.of("binary", LeatType.parse("binary")),
            Column.of("json", LeatType.parse("json")),
            Column.of("list", LeatType.parse("list<int8>")),
            Column.of("deep", LeatType.parse("list<list<decimal(5,5)>>")),
            Column.of("struct", LeatType.parse("struct<a: int16, b: list<struct<c: string, d: json>>, e: double>")),
            Column.of("Odd \"quoted\" name, it's", LeatType.parse("string")));

    private static final String VALUES = """
            VALUES
            (1, 'plain', 1, 1, 1, 1, 1.25, '0.5', 1.5, 1, 1, '0.5', '0.1', 1.5, true, DATE '2020-02-29', TIME '12:34:56.789012',
             TIMESTAMPTZ '2020-03-08 10:00:00.123456+00', TIMESTAMP '2020-03-08 02:30:00.5',
             UUID '123e4567-e89b-12d3-a456-426614174000', '\\x00\\xFF'::BLOB, '{"b": [1, null], "a": 1, "a": 1.0}'::JSON, [1, NULL, -3],
             [[0.5], NULL, []], {'a': 1, 'b': [{'c': 'x"\\é', 'd': '{}'}, NULL], 'e': 'inf'::DOUBLE}::STRUCT(a INT, b STRUCT(c VARCHAR, d VARCHAR)[], e DOUBLE), 'odd'),
            (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
             NULL, NULL, NULL, NULL, NULL, NULL),
            (3, '', -9223372036854775808, -128, -32768, -2147483648, -9999999.99, '-0.99999', -999999999999.999999,
             '-99999999999999999999'::DECIMAL(20,0), '-99999999999999999999999999999999999999'::DECIMAL(38,0),
             '-0.99999999999999999999999999999999999999', '-9999999999999999999.9999999999999999999', 'nan'::DOUBLE, false,
             DATE '0001-01-01', TIME '00:00:00', TIMESTAMPTZ '0001-01-01 00:00:00+00', TIMESTAMP '0001-01-01 00:00:00',
             UUID '00000000-0000-0000-0000-000000000000', ''::BLOB, '[]'::JSON, [], [], {'a': NULL, 'b': [], 'e': 'nan'::DOUBLE}::STRUCT(a INT, b STRUCT(c VARCHAR, d VARCHAR)[], e DOUBLE), ''),
            (4, 'ünï — 🚲 ' || repeat('long ', 30000), 9223372036854775807, 127, 32767, 2147483647, 9999999.99, '0.99999',
             999999999999.999999, '99999999999999999999'::DECIMAL(20,0), '99999999999999999999999999999999999999'::DECIMAL(38,0),
             '0.99999999999999999999999999999999999999', '9999999999999999999.9999999999999999999', 'inf'::DOUBLE, true,
             DATE '9999-12-31', TIME '23:59:59.999999', TIMESTAMPTZ '9999-12-31 23:59:59.999999+00',
             TIMESTAMP '9999-12-31 23:59:59.999999', UUID 'ffffffff-ffff-ffff-ffff-ffffffffffff', repeat('x', 300)::BLOB,
             'null'::JSON, [127], [[0.00001, NULL]], {'a': 32767, 'b': NULL, 'e': 5e-324}::STRUCT(a INT, b STRUCT(c VARCHAR, d VARCHAR)[], e DOUBLE), 'q'),
            (5, 'tab\t|new
            line\\', 0, 0, 0, 0, 0, '0', 0, 0, 0, '0', '0', '-0.0'::DOUBLE, false, DATE '1969-12-31', TIME '00:00:00.000001',
             TIMESTAMPTZ '1969-12-31 23:59:59.999999+00', TIMESTAMP '1969-12-31 23:59:59.999999',
             UUID '80000000-0000-0000-0000-000000000000', '\\x80'::BLOB, '1'::JSON, [0], [[]],
             {'a': 0, 'b': [{'c': NULL, 'd': NULL}], 'e': -0.0}::STRUCT(a INT, b STRUCT(c VARCHAR, d VARCHAR)[], e DOUBLE), 'N'),
            (6, 'N', 10000, 1, 1, 1, 10000, '0.0001', 10000.0001, 10000, 10000, '0.0001', '10000.0001', 5e-324, false,
             DATE 'infinity', TIME '24:00:00', TIMESTAMPTZ 'infinity', TIMESTAMP 'infinity', NULL, NULL, '"é"'::JSON, NULL, NULL,
             NULL, NULL),
            (7, '3:abc', 100000000, 0, 0, 0, 0.01, '0.00001', 0.000001, 100000000, 100000000,
             '0.00000000000000000000000000000000000001', '0.0000000000000000001', -1.7976931348623157e308, false, DATE '-infinity',
             NULL, TIMESTAMPTZ '-infinity', TIMESTAMP '-infinity', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
            (8, 'x', 9999, 0, 0, 0, 99.99, '0.1', 0.1, 99999999, 9999, '0.00009999', '9999.9999', '-inf'::DOUBLE, true,
             DATE '4713-01-01 (BC)', NULL, TIMESTAMPTZ '4713-01-01 (BC) 00:00:00+00', TIMESTAMP '294246-12-31 00:00:00', NULL, NULL, NULL,
             NULL, NULL, NULL, NULL)
            """;

    private EveryType() {}

    /** A query of the rows. */
    public static String rows() {
        String columns = CONTRACT.columns().stream()
                .map(column -> "CAST(" + Sql.identifier(column.name()) + " AS "
                        + column.type().duckDb() + ") AS " + Sql.identifier(column.name()))
                .collect(Collectors.joining(", "));
        return "SELECT " + columns + " FROM (" + VALUES + ") AS v(" + Sql.identifiers(CONTRACT.names()) + ")";
    }
}
