package io.leat.cli;

import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.cli.output.Output;
import io.leat.run.Console;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the result of a query in the form that was asked for, row by row. */
final class QueryOutput {
    private static final Set<String> NUMBERS = Set.of(
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "HUGEINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "UHUGEINT",
            "FLOAT",
            "DOUBLE");

    private QueryOutput() {}

    /** Writes all rows and answers how many there were. */
    static long print(Console console, Output output) {
        var columns = console.columns();
        var listing = Listing.<List<@Nullable Object>>empty();
        for (int i = 0; i < columns.size(); i++) {
            int place = i;
            String type = columns.get(i).type();
            boolean number = NUMBERS.contains(type) || type.startsWith("DECIMAL");
            listing =
                    listing.with(columns.get(i).name(), number ? Kind.PLAIN_NUMBER : Kind.TEXT, row -> row.get(place));
        }
        var rows = output.rows(listing);
        long count = console.rows(row -> rows.row(values(row, columns.size())));
        rows.end();
        output.data().flush();
        return count;
    }

    private static List<@Nullable Object> values(ResultSet row, int columns) throws SQLException {
        var values = new ArrayList<@Nullable Object>(columns);
        for (int i = 1; i <= columns; i++) {
            values.add(plain(row.getObject(i)));
        }
        return values;
    }

    /** A value of JDBC as one that every form can write; times always with their seconds, so that a column looks alike. */
    private static @Nullable Object plain(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case Timestamp time -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time.toLocalDateTime());
            case LocalTime time -> DateTimeFormatter.ISO_LOCAL_TIME.format(time);
            case OffsetDateTime time -> time.toInstant();
            case java.sql.Date date -> date.toLocalDate();
            case BigInteger number -> number;
            case Array array -> list((Object[]) array.getArray());
            case Struct struct -> fields(Console.fields(struct));
            case Blob blob -> HexFormat.of().formatHex(blob.getBytes(1, (int) blob.length()));
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case Map<?, ?> map -> fields(map);
            case Object[] array -> list(array);
            default -> value;
        };
    }

    private static Map<String, @Nullable Object> fields(Map<?, ?> fields) throws SQLException {
        var plain = new LinkedHashMap<String, @Nullable Object>();
        for (var field : fields.entrySet()) {
            plain.put(String.valueOf(field.getKey()), plain(field.getValue()));
        }
        return plain;
    }

    private static List<@Nullable Object> list(@Nullable Object[] elements) throws SQLException {
        var list = new ArrayList<@Nullable Object>(elements.length);
        for (Object element : Arrays.asList(elements)) {
            list.add(plain(element));
        }
        return list;
    }
}
